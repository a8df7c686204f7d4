"""One model of tables for every format: where the header is, and what a row says."""

from __future__ import annotations

import pytest

from qa.documents.formats.table_model import Cell, header_above, table_blocks

PUMPS = ["Pump: HX-1; Flow: 30; Head: 4", "Pump: HX-2; Flow: 35; Head: 5"]
ITEMS = ["Item: Tea; Price net: 4; Price gross: 5", "Item: Oats; Price net: 2; Price gross: 3"]


def texts(table: str, *, labels: bool = False) -> list[str]:
    """The rows of a table whose cells are parted by bars."""
    rows = [[Cell(cell.strip()) for cell in line.split("|")] for line in table.split("\n")]
    return [block.text for block in table_blocks(rows, labels=labels)]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("Pump|Flow|Head\nHX-1|30|4\nHX-2|35|5", PUMPS),
        (
            "Pumps of the yard||\nPump|Flow|Head\nHX-1|30|4\nHX-2|35|5",
            ["Pumps of the yard", *PUMPS],
        ),
        ("Pumps\nin stock\n\nPump|Flow|Head\nHX-1|30|4\nHX-2|35|5", ["Pumps", "in stock", *PUMPS]),
        (
            "Pump|Flow|Head\n|l/min|m\nHX-1|30|4\nHX-2|35|5",
            ["Pump: HX-1; Flow l/min: 30; Head m: 4", "Pump: HX-2; Flow l/min: 35; Head m: 5"],
        ),
        (
            "Pump|Flow|Head\n-|[l/min]|[m]\nHX-1|30|4\nHX-2|35|5",
            [
                "Pump: HX-1; Flow [l/min]: 30; Head [m]: 4",
                "Pump: HX-2; Flow [l/min]: 35; Head [m]: 5",
            ],
        ),
        ("Item|Price|Price\n|net|gross\nTea|4|5\nOats|2|3", ITEMS),
        ("Item|Price|\n|net|gross\nTea|4|5\nOats|2|3", ITEMS),
        (
            "Plant|Price|Packet\nSalsify|41|3 g\n\nTool|Deposit|\nHoe|150|",
            ["Plant: Salsify; Price: 41; Packet: 3 g", "Tool: Hoe; Deposit: 150"],
        ),
        (
            "Report:|Harbour\nDate:|2031-03-01\n\nShip|Draught\nGudrun|3.5",
            ["Report: Harbour", "Date: 2031-03-01", "Ship: Gudrun; Draught: 3.5"],
        ),
        ("1|Anna|Hamar\n2|Bo|Skien", ["1; Anna; Hamar", "2; Bo; Skien"]),
        (
            "2031-03-01|Gudrun|3.5\n2031-03-02|Frida|2.9",
            ["2031-03-01; Gudrun; 3.5", "2031-03-02; Frida; 2.9"],
        ),
        (
            "Anna|Hamar|red\nBo|Skien|blue\nCato|Moss|red",
            ["Anna; Hamar; red", "Bo; Skien; blue", "Cato; Moss; red"],
        ),
        ("Name|Town\nAnna|Hamar\nBo|Skien", ["Name: Anna; Town: Hamar", "Name: Bo; Town: Skien"]),
        ("Crop|2029|2030\nRye|30|31", ["Crop: Rye; 2029: 30; 2030: 31"]),
        (
            "Tea|Price\nAssam|free\nKenya|4\nCeylon|5",
            ["Tea: Assam; Price: free", "Tea: Kenya; Price: 4", "Tea: Ceylon; Price: 5"],
        ),
        (
            "|Mon|Tue\nAnna|early|late\nBo|late|off",
            ["Anna; Mon: early; Tue: late", "Bo; Mon: late; Tue: off"],
        ),
        (
            "Item|Price|Stock\nDrinks||\nTea|4|1\nFood||\nBread|3|2",
            ["Drinks", "Item: Tea; Price: 4; Stock: 1", "Food", "Item: Bread; Price: 3; Stock: 2"],
        ),
        (
            "Item|Price\nTea|4\n\nPrices include tax.",
            ["Item: Tea; Price: 4", "Prices include tax."],
        ),
    ],
)
def test_headers_are_found_by_shape(table: str, expected: list[str]) -> None:
    assert texts(table) == expected


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("Name|Olav Lie\nPlot|14", ["Name: Olav Lie", "Plot: 14"]),
        (
            "Boat|Sea Thistle\nLength|8.35\nWeight|400 kg",
            ["Boat: Sea Thistle", "Length: 8.35", "Weight: 400 kg"],
        ),
        ("Tea|Price\nAssam|4.50\nKenya|5", ["Tea: Assam; Price: 4.50", "Tea: Kenya; Price: 5"]),
        (
            "Day|Opens\nOats|22\nOats|24 peeled",
            ["Day: Oats; Opens: 22", "Day: Oats; Opens: 24 peeled"],
        ),
    ],
)
def test_two_columns_of_labels_and_values(table: str, expected: list[str]) -> None:
    assert texts(table, labels=True) == expected


def test_merged_cells_are_repeated() -> None:
    rows = [
        [Cell("Item"), Cell("Price", columns=2)],
        [Cell("Oats", rows=2), Cell("net"), Cell("22")],
        [Cell("gross"), Cell("24")],
        [Cell("Rye"), Cell("on request", columns=2)],
    ]
    assert [block.text for block in table_blocks(rows)] == [
        "Item: Oats; Price: net; Price: 22",
        "Item: Oats; Price: gross; Price: 24",
        "Item: Rye; Price: on request",
    ]


@pytest.mark.parametrize(
    ("following", "holds"),
    [
        (["Ceylon", "3"], True),
        (["Tool", "Deposit"], False),  # words where the column holds numbers: names of its own
        (["Ceylon", "3", "hot"], False),
        (["Ceylon"], False),
    ],
)
def test_which_rows_go_on_with_a_table(following: list[str], holds: bool) -> None:
    table = [["Tea", "Price"], ["Assam", "4"], ["Kenya", "5"]]
    assert header_above(table, [following]) == (table[:1] if holds else [])
