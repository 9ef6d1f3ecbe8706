"""What the steps of a review are called on the pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from households import workflow
from households.choices import CommuneState, VillageState

#: The button that records the step.
BUTTONS: dict[str, Promise] = {
    workflow.SURVEYED.verb: gettext_lazy("The survey is done"),
    workflow.SURVEY_REOPENED.verb: gettext_lazy("Back to the survey"),
    workflow.MEETING_HELD.verb: gettext_lazy("Record the meeting"),
    workflow.SURVEY_AGAIN.verb: gettext_lazy("Survey and meeting again"),
    workflow.POSTED.verb: gettext_lazy("The list is posted"),
    workflow.CLOSED.verb: gettext_lazy("The posting is over"),
    workflow.VILLAGE_REOPENED.verb: gettext_lazy("Open the village again"),
    workflow.VILLAGES_CLOSED.verb: gettext_lazy("All villages are done"),
    workflow.SENT_UP.verb: gettext_lazy("The results are sent up"),
    workflow.OPINION.verb: gettext_lazy("The district agrees"),
    workflow.RETURNED.verb: gettext_lazy("The district returns the results"),
    workflow.REOPENED.verb: gettext_lazy("Open the commune again"),
}
#: What is told of a step that was taken.
TAKEN: dict[str, Promise] = {
    workflow.SURVEYED.verb: gettext_lazy("Survey done"),
    workflow.SURVEY_REOPENED.verb: gettext_lazy("Back to the survey"),
    workflow.MEETING_HELD.verb: gettext_lazy("Village meeting: agreed"),
    workflow.MEETING_NOT_AGREED.verb: gettext_lazy("Village meeting: not agreed"),
    workflow.MEETING_AGREED_EXCEPT.verb: gettext_lazy(
        "Village meeting: agreed except single households"
    ),
    workflow.SURVEY_AGAIN.verb: gettext_lazy("Survey and meeting again"),
    workflow.POSTED.verb: gettext_lazy("List posted"),
    workflow.CLOSED.verb: gettext_lazy("Posting over"),
    workflow.VILLAGE_REOPENED.verb: gettext_lazy("Village opened again"),
    workflow.VILLAGES_CLOSED.verb: gettext_lazy("All villages done"),
    workflow.SENT_UP.verb: gettext_lazy("Results sent up"),
    workflow.OPINION.verb: gettext_lazy("District agreed"),
    workflow.RETURNED.verb: gettext_lazy("District returned the results"),
    workflow.REOPENED.verb: gettext_lazy("Commune opened again"),
    workflow.RECOGNISED.verb: gettext_lazy("Decision recorded"),
    workflow.RECOGNISED_DIRECTLY.verb: gettext_lazy("Decision recorded"),
}
#: The five columns of a village's way, in order, and what each is called while it is under way.
VILLAGE_STAGES: tuple[tuple[VillageState, Promise], ...] = (
    (VillageState.LISTED, gettext_lazy("Survey")),
    (VillageState.SURVEYED, gettext_lazy("Meeting")),
    (VillageState.MEETING_HELD, gettext_lazy("Posting")),
    (VillageState.POSTED, gettext_lazy("End of posting")),
)
COMMUNE_STAGES: tuple[tuple[CommuneState, Promise], ...] = (
    (CommuneState.OPEN, gettext_lazy("Villages")),
    (CommuneState.VILLAGES_CLOSED, gettext_lazy("Sending up")),
    (CommuneState.SENT_UP, gettext_lazy("Opinion")),
    (CommuneState.OPINION, gettext_lazy("Decision")),
)
