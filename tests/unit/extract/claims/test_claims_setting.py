"""Where something was said, and to whom."""

import pytest


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("Adil Hamdan said in a statement on Facebook that the town had held.", "Facebook"),
        ("The governor wrote on Telegram that two houses had burned down.", "Telegram"),
        ("The colonel said at a closed briefing that the bridge was mined.", "briefing"),
        ("The ministry said in a written reply that no hospital had been raided.", "reply"),
        ("The commander said in an audio message that his men were alive.", "message"),
        ("The agency said in an advisory that the ship was afloat.", "advisory"),
        ("The mayor said the water had reached the second floor.", None),
        ("The envoy told the Harbour Post that talks would resume.", None),
        ("The pilot said the x had marked the roof.", None),
    ],
)
def test_the_channel(claims_of, text, channel):
    [claim] = claims_of(text)
    assert claim.channel == channel


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("The envoy told Reuters that talks would resume.", "Reuters"),
        ("The officer told reporters that the road was open.", "reporters"),
        ("An abbot confirmed to the Salween Post that 13 bodies had been cremated.", "the Salween Post"),
        ("The general admitted to journalists that the village was lost.", "journalists"),
        ("The minister called on Israel to publish the evidence.", "Israel"),
        ("The captain reported that the hill had been taken.", None),
        ("The doctor said to the north of the town nobody was left.", None),
    ],
)
def test_the_addressee(claims_of, text, addressee):
    claims = claims_of(text)
    assert [claim.addressee for claim in claims][:1] == [addressee]
