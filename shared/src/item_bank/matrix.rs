//! Tables in which each row belongs to one of the columns, and how their author writes them.

use super::{
    ItemBody,
    blanks::formula_mask,
    inline_choice::BETWEEN,
    matching::{pair, pairs},
    mixed::index_of,
    normalise::half_width,
};

/// Reads the columns on the first line, `true | false`, and a row on each other, `row -> column`; `None` if a line is
/// neither, or names no column.
pub(super) fn of_lines(text: &str) -> Option<ItemBody> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let columns = columns(lines.next()?);
    let (mut rows, mut key) = (Vec::new(), Vec::new());
    for line in lines {
        let (row, column) = pair(line)?;
        key.push(index_of(&columns, &column)?);
        rows.push(row);
    }
    Some(ItemBody::Matrix { rows, columns, key })
}

/// The columns on the first line, and each row with its column on a line of its own.
pub(super) fn lines(rows: &[String], columns: &[String], key: &[u16]) -> Vec<String> {
    let head = columns.join(&format!(" {BETWEEN} "));
    std::iter::once(head).chain(pairs(rows, columns, key)).collect()
}

/// What stands between the bars of a line; a bar within a formula is none.
fn columns(line: &str) -> Vec<String> {
    let mask = formula_mask(line);
    let (mut columns, mut from) = (Vec::new(), 0);
    for (at, bar) in line.char_indices().filter(|&(at, letter)| half_width(letter) == BETWEEN && !mask[at]) {
        columns.push(&line[from..at]);
        from = at + bar.len_utf8();
    }
    columns.push(&line[from..]);
    columns.into_iter().map(|column| column.trim().to_owned()).filter(|column| !column.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|&text| text.to_owned()).collect()
    }

    #[test]
    fn a_table_is_read_as_it_is_written_and_its_columns_stay_in_their_order() {
        let written = "可回收物 | 有害垃圾 | 其他\n电池 → 有害垃圾\n报纸 → 可回收物";
        let body = of_lines(written).unwrap();
        let ItemBody::Matrix { rows, columns, key } = &body else { panic!("{body:?}") };
        assert_eq!((rows, key.as_slice()), (&texts(&["电池", "报纸"]), [1, 0].as_slice()));
        assert_eq!(columns, &texts(&["可回收物", "有害垃圾", "其他"]));
        assert_eq!(lines(rows, columns, key).join("\n"), written);
        assert_eq!(of_lines("可回收物｜有害垃圾 |其他|\n\n电池->有害垃圾\n报纸 -> 可回收物\n"), Some(body.clone()));
    }

    #[test]
    fn what_names_no_column_is_no_row() {
        for other in ["", "a | b\nx -> c", "a | b\nx", "a | b\nx -> a -> b"] {
            assert_eq!(of_lines(other), None, "{other}");
        }
    }

    #[test]
    fn a_bar_within_a_formula_stands_between_nothing() {
        assert_eq!(columns("$|x| < 1$ | $x = 1$"), ["$|x| < 1$", "$x = 1$"]);
    }
}
