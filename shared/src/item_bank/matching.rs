//! Pairs: how they are kept, and how their author writes them.

use super::{
    ItemBody,
    blanks::formula_mask,
    mixed::{index_of, mixed, text_at},
};

/// What stands between the two texts of a pair, and how it is typed.
const ARROWS: [&str; 2] = ["\u{2192}", "->"];

/// The item with these pairs. A text on the right without one on the left belongs to none.
pub(super) fn of_pairs(pairs: &[(String, String)]) -> Option<ItemBody> {
    let rights = mixed(pairs.iter().map(|(_, right)| right.clone()).collect());
    let (mut lefts, mut key) = (Vec::new(), Vec::new());
    for (left, right) in pairs.iter().filter(|(left, _)| !left.is_empty()) {
        lefts.push(left.clone());
        key.push(index_of(&rights, right)?);
    }
    Some(ItemBody::Matching { lefts, rights, key })
}

/// Reads `left -> right` a line, and `-> right` for what belongs to none; `None` if a line has no arrow, or several
/// that may stand between its two texts.
pub(super) fn of_lines(text: &str) -> Option<ItemBody> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    of_pairs(&lines.map(pair).collect::<Option<Vec<_>>>()?)
}

/// The pairs, a line each.
pub(super) fn pairs(lefts: &[String], rights: &[String], key: &[u16]) -> Vec<String> {
    let arrow = ARROWS[0];
    lefts.iter().zip(key).map(|(left, &right)| format!("{left} {arrow} {}", text_at(rights, right))).collect()
}

/// The pairs and what belongs to none, a line each.
pub(super) fn lines(lefts: &[String], rights: &[String], key: &[u16]) -> Vec<String> {
    let alone = (0..).zip(rights).filter(|(index, _)| !key.contains(index));
    let alone = alone.map(|(_, right)| format!("{} {right}", ARROWS[0]));
    pairs(lefts, rights, key).into_iter().chain(alone).collect()
}

/// The two texts of a line; `None` if nobody can say where they part. An arrow between spaces goes before one within a
/// text, such as that of a reaction.
pub(super) fn pair(line: &str) -> Option<(String, String)> {
    if let Some(right) = ARROWS.iter().find_map(|arrow| line.strip_prefix(*arrow)) {
        return Some((String::new(), right.trim().to_owned()));
    }
    let mask = formula_mask(line);
    let found = ARROWS.iter().flat_map(|arrow| line.match_indices(*arrow));
    let free: Vec<(usize, &str)> = found.filter(|&(at, _)| !mask[at]).collect();
    let mut spaced = free.iter().filter(|&&(at, arrow)| {
        line[..at].ends_with(char::is_whitespace) && line[at + arrow.len()..].starts_with(char::is_whitespace)
    });
    let &(at, arrow) = match (spaced.next(), spaced.next()) {
        (Some(_), Some(_)) => return None,
        (Some(only), None) => only,
        (None, _) => free.iter().min()?,
    };
    Some((line[..at].trim().to_owned(), line[at + arrow.len()..].trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|&text| text.to_owned()).collect()
    }

    #[test]
    fn pairs_are_read_as_they_are_written() {
        let written = "浙江 → 杭州\n江苏 → 南京\n→ 合肥";
        let body = of_lines(written).unwrap();
        let ItemBody::Matching { lefts, rights, key } = &body else { panic!("{body:?}") };
        assert_eq!(lefts, &texts(&["浙江", "江苏"]));
        assert_eq!(rights, &mixed(texts(&["合肥", "南京", "杭州"])));
        assert_eq!(lines(lefts, rights, key).join("\n"), written);
        assert_eq!(of_lines(" 浙江->杭州\n\n江苏 ->南京\n->合肥\n"), Some(body.clone()));
        assert_eq!(of_lines("浙江 杭州"), None);
    }

    #[test]
    fn an_arrow_within_a_text_is_no_arrow_between_two() {
        let pair_of = |line: &str| pair(line).unwrap();
        assert_eq!(pair_of("C+O₂→CO₂ → 化合"), ("C+O₂→CO₂".to_owned(), "化合".to_owned()));
        assert_eq!(pair_of("化合 -> C+O₂→CO₂"), ("化合".to_owned(), "C+O₂→CO₂".to_owned()));
        assert_eq!(pair_of("$x->1$->1"), ("$x->1$".to_owned(), "1".to_owned()));
        // Nobody can say which of these stands between the two.
        assert_eq!(pair("C + O₂ → CO₂ → 化合"), None);
        assert_eq!(pair("a -> b → c"), None);
    }

    #[test]
    fn several_may_belong_to_one() {
        let body = of_lines("2 -> even\n4 -> even\n3 -> odd").unwrap();
        let ItemBody::Matching { rights, key, .. } = body else { panic!("it is a matching") };
        assert_eq!((rights.len(), key[0] == key[1], key[0] == key[2]), (2, true, false));
    }
}
