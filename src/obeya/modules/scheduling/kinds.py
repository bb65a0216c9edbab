"""The kinds of long work that this room does."""

KIND = "scheduling.plan"
IMPROVE = "scheduling.improve"
KINDS = (KIND, IMPROVE)
