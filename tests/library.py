"""A small library of several formats, for the browser tests and the screenshots."""

from __future__ import annotations

from pathlib import Path

from made_files import docx, pdf

RULES = """# House rules

These rules hold for every tenant of Harbour House and for their guests.

## Quiet hours

Quiet hours are from ten in the evening to seven in the morning. Music may be played in the
common room until midnight on Fridays and Saturdays. A party needs to be announced in the
stairwell three days ahead.

## Bicycles

Bicycles are kept in the cellar, never in the stairwell. Every tenant has one numbered stand.
A stand that has not been used for a year is given to the next person on the waiting list.

## Laundry room

The laundry room is open from eight to twenty hours. A washing token is a brass coin that costs
two euros and runs one machine for an hour. Tokens are sold at the caretaker's office on Tuesdays.

## Waste and recycling

Paper is collected on the first Monday of a month, glass on the second. Bulky waste must be
registered with the caretaker at least one week before collection.
"""
HEATING = """<html><head><title>Heating guide</title></head><body><main>
<h1>Heating guide</h1>
<p>The Combined Heat and Power (CHP) plant in the cellar warms the whole house from October to
April. A thermostat is a valve that keeps a room at the chosen temperature.</p>
<h2>How do I bleed a radiator?</h2>
<p>Close the thermostat, hold a cup under the vent and open the vent with the square key. Close it
as soon as water comes instead of air. The caretaker lends out the key.</p>
<h2>When the heating fails</h2>
<p>Call the caretaker between eight and sixteen hours. At all other times call the emergency line
of the heating company; the number is posted next to the mailboxes.</p>
</main></body></html>
"""
LEASE = [
    [
        "Lease agreement",
        "",
        "The tenant rents flat 12 on the third floor of Harbour House. The monthly rent is",
        "840 euros and is due on the third working day of each month. Heating costs are paid",
        "in advance with 95 euros a month and are settled once a year. Pets other than small",
        "animals in cages need the consent of the landlord. Subletting a part of the flat is",
        "allowed for up to six months if the landlord is told of it in advance.",
    ],
    [
        "A deposit of three monthly rents is paid before the keys are handed over. It lies in",
        "an account of its own and bears interest. The deposit is returned within six months",
        "after the end of the lease, less the cost of damage that the tenant has caused and",
        "not repaired. The flat is handed back swept clean, with all of its keys.",
    ],
    [
        "The notice period is three months to the end of a month. Notice must be given in",
        "writing and signed by every tenant named in this lease. If the tenant names somebody",
        "who takes over the lease and the landlord agrees, the lease can end earlier. On the",
        "last day the meters are read together, and both sides sign the sheet.",
    ],
]
INSURANCE = "".join(
    f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"
    for line in (
        "Insurance leaflet",
        "The building is insured against fire, storm and burst pipes. The belongings of tenants "
        "are not covered by it; they need a household insurance of their own.",
        "Damage is reported to the caretaker within two days, with photographs.",
    )
)


def write_library(folder: Path) -> None:
    """Markdown, HTML, PDF and Word files in two folders below `folder`."""
    for name, data in {
        "handbook/house-rules.md": RULES.encode(),
        "handbook/heating.html": HEATING.encode(),
        "contracts/lease.pdf": pdf(LEASE),
        "contracts/insurance.docx": docx(INSURANCE),
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
