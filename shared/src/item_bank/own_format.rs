//! Our own format: a line that says so, then an item a line, as it is kept. What is written of what was read is the same,
//! byte by byte.

use super::{
    Item,
    import::{ParsedItems, checked, import_error},
};

/// The first line of a file.
const HEADER: &str = r#"{"format":"chengxi-items","version":1}"#;

/// Items as a text.
pub(super) fn whole(lines: &[String]) -> String {
    let lines = lines.iter().map(String::as_str);
    let mut text = String::new();
    for line in [HEADER].into_iter().chain(lines) {
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// An item as a line; `None` if it is none that can be kept.
pub(super) fn line(item: &Item) -> Option<String> {
    serde_json::to_string(item).ok()
}

/// Reads every item of a text; one that cannot be read is reported and does not stop the others.
#[must_use]
pub fn parse_own_items(text: &str) -> ParsedItems {
    let mut parsed = ParsedItems::default();
    let mut lines = (1..).zip(text.trim_start_matches('\u{feff}').lines());
    if lines.next().is_none_or(|(_, first)| first.trim_end() != HEADER) {
        parsed.errors.push(import_error(1, "not_own_format"));
        return parsed;
    }
    for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let read = serde_json::from_str::<Item>(line).map_err(|_| "bad_line");
        parsed.push(read.and_then(checked).map_err(|code| import_error(number, code)));
    }
    parsed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        item_bank::{
            ExportFormat, ItemBody, OutgoingItem, OutgoingPictures, TruthWords, parse_chinese_text, write_items,
        },
        problem::has_texts,
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    fn written(items: &[Item]) -> String {
        let words = TruthWords { right: String::new(), wrong: String::new() };
        let outgoing: Vec<_> =
            items.iter().map(|item| OutgoingItem { id: Uuid::nil().into(), item: item.clone() }).collect();
        let mut written = write_items(ExportFormat::Own, &outgoing, &OutgoingPictures::new(), &words);
        assert_eq!(written.losses, []);
        assert_eq!(written.files.len(), 1);
        String::from_utf8(written.files.remove(0).1).unwrap()
    }

    #[track_caller]
    fn check(items: &[Item]) {
        let text = written(items);
        let read = parse_own_items(&text);
        assert_eq!(read.errors, []);
        assert_eq!(read.items, items);
        assert_eq!(written(&read.items), text);
    }

    #[test]
    fn items_come_in_again_byte_by_byte() {
        let pasted = "1. 首都是（　）\nA. 上海\nB. 北京\n答案：B\n解析：“引号”与 $x^2$\n\n2.（多选题）偶数\nA. 2\nB. 3\nC. 4\n答案：AC\n\n\
            3.（排序题）排好。\n答案：\n一\n二\n三\n\n4.（判断）圆。\n答案：正确\n\n5.（简答）为什么？\n答案：要点\n";
        let items = parse_chinese_text(pasted).items;
        assert_eq!(items.len(), 5);
        check(&items);
    }

    #[test]
    fn what_is_wrong_is_told_at_its_line() {
        let codes = |text: &str| {
            parse_own_items(text).errors.into_iter().map(|error| (error.line, error.code)).collect::<Vec<_>>()
        };
        assert_eq!(codes("{}"), [(1, "not_own_format".to_owned())]);
        assert_eq!(codes(""), [(1, "not_own_format".to_owned())]);
        let empty = r#"{"schema_version":1,"stem":"","body":{"kind":"true_false","key":true},"explanation":""}"#;
        let told = codes(&format!("{HEADER}\n{{}}\n\n{empty}\n"));
        assert_eq!(told, [(2, "bad_line".to_owned()), (4, "empty_stem".to_owned())]);
        assert!(["not_own_format", "bad_line"].iter().all(|code| has_texts(&format!("import.{code}"))));
    }

    proptest! {
        #[test]
        fn every_text_survives(stem in "[^\\s]\\PC{0,40}", explanation in "\\PC{0,40}", key: bool) {
            let item = Item { schema_version: 1, stem, body: ItemBody::TrueFalse { key }, explanation };
            prop_assume!(crate::item_bank::validate_item(&item).is_empty());
            check(&[item]);
        }
    }
}
