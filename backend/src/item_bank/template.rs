//! Sheets in the shape of the template that teachers fill in: a row for each item, below a row that names the columns.

use super::import::ITEMS;
use crate::{platform::words::word, roster};
use shared::item_bank::{
    DescriptorField, ImportError, ItemKind, OPTION_COUNT, ParsedItems, TemplateRow, WrittenField, item_of_row,
    option_letter,
};

/// Rows in which the names of columns are looked for.
const HEADER_ROWS: usize = 10;

/// What a column is called.
pub(super) fn column(name: &str) -> &'static str {
    word(&format!("exports.column_{name}"))
}

/// The columns that say what an item is about and how hard it is.
fn said_columns() -> [(DescriptorField, &'static str); 4] {
    [
        (DescriptorField::Module, column("module")),
        (DescriptorField::KnowledgePoint, column("knowledge_point")),
        (DescriptorField::Difficulty, column("difficulty")),
        (DescriptorField::Ability, word("item_bank.ability")),
    ]
}

/// What the column of an option is called.
pub(super) fn option_column(place: u16) -> String {
    format!("{}{}", column("option"), option_letter(place))
}

/// Where the columns of a sheet are.
struct Columns {
    /// The row that names them.
    row: u32,
    kind: Option<usize>,
    stem: usize,
    options: Vec<usize>,
    key: usize,
    explanation: Option<usize>,
    said: Vec<(usize, DescriptorField, &'static str)>,
    /// What an item is worth, which papers alone say.
    points: Option<usize>,
}

impl Columns {
    /// The columns, if a row names at least what every item has.
    fn of(row: u32, cells: &[String]) -> Option<Self> {
        let find = |name: &str| cells.iter().position(|cell| cell.trim() == name);
        let options = (0..).take(*OPTION_COUNT.end()).map_while(|place| find(&option_column(place)));
        Some(Self {
            row,
            kind: find(column("item_kind")),
            stem: find(column("stem"))?,
            options: options.collect(),
            key: find(column("key"))?,
            explanation: find(column("explanation")),
            said: said_columns().iter().filter_map(|(field, name)| Some((find(name)?, *field, *name))).collect(),
            points: find(column("points")),
        })
    }

    /// What a row says of its item.
    fn written(&self, line: u32, cells: &[String]) -> Vec<WrittenField> {
        let written = |(column, field, name): &(usize, DescriptorField, &str)| WrittenField {
            field: *field,
            line,
            name: (*name).to_owned(),
            value: cell(cells, *column),
        };
        self.said.iter().map(written).collect()
    }
}

/// Reads every row of the first sheet, until there are more items than may be stored.
///
/// # Errors
/// The code of a field error if it is no sheet, or no row names the columns.
pub(super) fn read(bytes: &[u8]) -> Result<ParsedItems, &'static str> {
    let rows = roster::rows_of_sheet(bytes, ITEMS + HEADER_ROWS + 1)?;
    let mut first = rows.iter().take(HEADER_ROWS).enumerate();
    let found = first.find_map(|(at, (row, cells))| Some((at, Columns::of(*row, cells)?)));
    let (at, columns) = found.ok_or("not-a-template")?;
    let mut parsed = ParsedItems::default();
    for (number, cells) in &rows[at + 1..] {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match item(&columns, cells) {
            Ok(row) => match item_of_row(&row) {
                Ok(item) => {
                    parsed.items.push(item);
                    parsed.describe_last(&columns.written(*number, cells));
                }
                Err(code) => parsed.errors.push(told(*number, code, "")),
            },
            Err(kind) => parsed.errors.push(told(*number, "unsupported_type", &kind)),
        }
    }
    let is_filled = |column: usize| rows[at + 1..].iter().any(|(_, cells)| !cell(cells, column).is_empty());
    if columns.points.is_some_and(is_filled) {
        parsed.losses.insert(0, told(columns.row, "left_out", column("points")));
    }
    Ok(parsed)
}

/// The cells of an item, or the kind that there is none of.
fn item(columns: &Columns, cells: &[String]) -> Result<TemplateRow, String> {
    let kind = columns.kind.map(|column| cell(cells, column)).filter(|kind| !kind.is_empty());
    let kind = kind.map(|kind| kind_of(&kind).ok_or(kind)).transpose()?;
    Ok(TemplateRow {
        kind,
        stem: cell(cells, columns.stem),
        options: columns.options.iter().map(|column| cell(cells, *column)).collect(),
        answer: cell(cells, columns.key),
        explanation: columns.explanation.map(|column| cell(cells, column)).unwrap_or_default(),
    })
}

/// The kind of this word, which may be cut at its end.
fn kind_of(said: &str) -> Option<ItemKind> {
    ItemKind::ALL.iter().copied().find(|kind| word(&format!("item_bank.{kind}")).starts_with(said))
}

/// What a cell says, without the apostrophe that keeps programs from running it.
fn cell(cells: &[String], column: usize) -> String {
    let text = cells.get(column).map_or("", |cell| cell.trim());
    let bare = text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    bare.unwrap_or(text).to_owned()
}

fn told(line: u32, code: &str, name: &str) -> ImportError {
    ImportError { line, code: code.to_owned(), name: name.to_owned(), file: String::new(), detail: String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.to_owned()).collect()
    }

    #[test]
    fn columns_are_found_by_their_names_wherever_they_stand() {
        let header = cells(&["序号", " 答案 ", "题干", "选项A", "选项B", "难度", "题型"]);
        let columns = Columns::of(3, &header).unwrap();
        assert_eq!((columns.stem, columns.key, columns.options.as_slice()), (2, 1, [3, 4].as_slice()));
        assert_eq!((columns.kind, columns.explanation, columns.said.len()), (Some(6), None, 1));
        assert!(Columns::of(1, &cells(&["题干", "选项A"])).is_none(), "no column of keys");
        let row = item(&columns, &cells(&["1", "B", "'=S", "a", "b", "0.5", "单选"])).unwrap();
        assert_eq!((row.kind, row.stem.as_str(), row.answer.as_str()), (Some(ItemKind::SingleChoice), "=S", "B"));
        assert_eq!(item(&columns, &cells(&["1", "B", "S", "", "", "", "画图题"])), Err("画图题".to_owned()));
        let said = columns.written(4, &cells(&["1", "B", "S", "a", "b", " 0.5 "]));
        let (field, name, value) = (DescriptorField::Difficulty, "难度".to_owned(), "0.5".to_owned());
        assert_eq!(said, [WrittenField { field, line: 4, name, value }]);
    }
}
