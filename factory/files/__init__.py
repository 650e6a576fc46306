"""Files that people send: checked by what they hold, kept under random names, served through a gate.

    class EvidenceForm(Refused):
        evidence = UploadField(label=_("Proof"), kinds=PAPERS)

    credential.evidence = keep(evidence, by=by, holder=credential.organisation)   # in the move's body
    credential.evidence.attach(credential)                                        # once it has a key

Whoever sees the thing may open its files, unless its queryset says ``files_open_to(person)``.
"""
