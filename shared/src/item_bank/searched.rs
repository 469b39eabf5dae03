//! The letters of an item by which it is found again.

use super::{Item, normalise::half_width};

/// Characters of a text that items are searched for.
pub const SEARCHED_CHARS: usize = 100;
/// Signs that stay beside letters and digits: without them two sums are the same.
const SIGNS: &[char] = &['+', '-', '/', '=', '<', '>', '^', '%', '×', '÷', '±', '≤', '≥', '√', '∠', '△', '⊥'];

/// The letters of everything that a candidate reads of an item: the stem on the first line, then a line for each of its
/// other texts. Neither the key nor the explanation stands in it.
#[must_use]
pub fn searched_text(item: &Item) -> String {
    let lines: Vec<_> = std::iter::once(item.stem.as_str()).chain(item.body.texts()).map(searched_letters).collect();
    lines.join("\n")
}

/// The letters of a text as they are compared: half-width and small, without spaces and punctuation.
#[must_use]
pub fn searched_letters(text: &str) -> String {
    let letters = text.chars().map(half_width).flat_map(char::to_lowercase);
    letters.filter(|letter| letter.is_alphanumeric() || SIGNS.contains(letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item_bank::ItemBody;

    #[test]
    fn width_case_spaces_and_punctuation_make_no_difference() {
        assert_eq!(searched_letters("　浙江省的 ＧＤＰ，是多少？"), "浙江省的gdp是多少");
        assert_eq!(searched_letters("**计算**：$3 - 5$（____）"), "计算3-5");
        assert_ne!(searched_letters("3 + 5"), searched_letters("3 - 5"));
    }

    #[test]
    fn everything_that_is_shown_is_found_and_nothing_else() {
        let options = vec!["上海".to_owned(), "北 京".to_owned()];
        let body = ItemBody::SingleChoice { options, key: 1 };
        let item =
            Item { schema_version: 1, stem: "首都\n是？".to_owned(), body, explanation: "解析".to_owned() };
        assert_eq!(searched_text(&item), "首都是\n上海\n北京");
        let body = ItemBody::ShortAnswer { rubric: "要点".to_owned() };
        assert_eq!(searched_text(&Item { body, ..item }), "首都是");
    }
}
