"""What is encrypted opens for ever under the seal it was closed with."""

from django.apps import apps

from foundation.crypto.fields import EncryptedField

# One line for each encrypted column there is or ever was filled. A line is never changed: the seal is part of what was
# encrypted, and rows closed under another name would open for nobody. A renamed column keeps its seal.
SEALS = {
    "outreach.application.name",
    "outreach.application.kana",
    "outreach.application.birth_year",
    "outreach.application.postcode",
    "outreach.application.address",
    "outreach.application.phone",
    "outreach.application.email",
    "outreach.application.safe_times",
    "outreach.application.spoken",
    "outreach.application.passphrase",
    "outreach.application.children_ages",
    "outreach.application.cannot_eat",
    "outreach.application.cannot_eat_note",
    "outreach.application.helper",
    "outreach.application.page_secret_hash",
    "outreach.applicationaddendum.own_words",
    "outreach.applicationaddendum.interpreter",
    "outreach.draft.answers",
    "outreach.draft.set_aside",
    "referrals.casenote.text",
    "referrals.casetransition.note",
    "referrals.packet.rows",
    "referrals.parceltransition.note",
    "referrals.person.name",
    "referrals.person.kana",
    "referrals.person.birth_year",
    "referrals.person.postcode",
    "referrals.person.address",
    "referrals.person.phone",
    "referrals.person.email",
    "referrals.person.safe_times",
    "referrals.person.reaching",
    "referrals.personcorrection.changes",
    "referrals.referraltransition.note",
}


def test_every_encrypted_column_keeps_the_seal_it_was_given():
    columns = [
        field
        for model in apps.get_models()
        if model._meta.app_label != "ground"  # tables of the suite itself
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedField)
    ]
    assert sorted(field.seal for field in columns) == sorted(SEALS)
