"""What becomes of a household between two reviews: one module an act, each dated and audited.

Every act is one transaction by the commune officer, keeps memberships and residences true to the
day, and leaves a HouseholdEvent. None touches the official list: only a decision does.
"""
