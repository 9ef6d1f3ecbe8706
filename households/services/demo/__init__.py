"""The demonstration: invented people of Bắc Kạn, from whom one can learn the product."""
