"""What differs between two reports is named by its place, and everything that differs is."""

from skills.judging.report_differences import MISSING, Difference, Json, find_differences


def list_differences(before: Json, after: Json) -> list[Difference]:
    return list(find_differences(before, after))


def test_what_is_the_same_does_not_differ() -> None:
    values: list[Json] = [None, 1, "a", [1, [2]], {"a": {"b": [1.5]}}]
    for value in values:
        assert list_differences(value, value) == []


def test_a_place_is_named_by_the_keys_and_numbers_that_lead_to_it() -> None:
    before: Json = {"roles": [{"score": 1.0}, {"parts": [{"points": 2.0}]}], "text": "a"}
    after: Json = {"roles": [{"score": 1.5}, {"parts": [{"points": 2.5}]}], "text": "a"}
    assert list_differences(before, after) == [
        Difference("roles[0].score", 1.0, 1.5),
        Difference("roles[1].parts[0].points", 2.0, 2.5),
    ]


def test_what_one_of_them_lacks_is_missing() -> None:
    assert list_differences({"a": 1}, {"b": 2}) == [Difference("a", 1, MISSING), Difference("b", MISSING, 2)]


def test_lists_of_other_lengths_and_values_of_other_types_differ_as_a_whole() -> None:
    assert list_differences({"a": [1]}, {"a": [1, 2]}) == [Difference("a", [1], [1, 2])]
    assert list_differences({"a": {}}, {"a": []}) == [Difference("a", {}, [])]
    assert list_differences({"a": 1}, {"a": True}) == [Difference("a", 1, True)]  # noqa: FBT003 - a JSON value
