//! Where a stem has blanks and where it has formulas.

/// How a blank is written in a stem.
pub(super) const BLANK: &str = "____";

/// For every byte of a text whether it belongs to a formula, its dollars included.
///
/// `$$…$$` may span lines, `$…$` may not; a dollar without its partner is a plain dollar.
pub(super) fn formula_mask(text: &str) -> Vec<bool> {
    let bytes = text.as_bytes();
    let mut mask = vec![false; bytes.len()];
    let mut at = 0;
    while at < bytes.len() {
        let width = match &bytes[at..] {
            [b'\\', b'$', ..] => {
                at += 2;
                continue;
            }
            [b'$', b'$', ..] => 2,
            [b'$', ..] => 1,
            _ => {
                at += 1;
                continue;
            }
        };
        let inner = &text[at + width..];
        let end = if width == 2 { inner.find("$$") } else { closing_dollar(inner) };
        let Some(end) = end else {
            at += width;
            continue;
        };
        let past = at + width + end + width;
        mask[at..past].fill(true);
        at = past;
    }
    mask
}

/// Where the formula that has just begun ends.
pub(super) fn closing_dollar(inner: &str) -> Option<usize> {
    let line = inner.split('\n').next().unwrap_or(inner);
    line.char_indices().find(|&(at, c)| c == '$' && !line[..at].ends_with('\\')).map(|(at, _)| at)
}

/// The runs of two or more underscores outside formulas, as byte ranges.
pub(super) fn find(stem: &str) -> Vec<std::ops::Range<usize>> {
    let mask = formula_mask(stem);
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, _) in stem.match_indices('_').filter(|&(at, _)| !mask[at] && !stem[..at].ends_with('\\')) {
        match found.last_mut() {
            Some(range) if range.end == at => range.end = at + 1,
            _ => found.push(at..at + 1),
        }
    }
    found.retain(|range| range.len() >= 2);
    found
}

/// How many blanks a stem has.
pub(super) fn count(stem: &str) -> usize {
    find(stem).len()
}

/// The stem with every blank written alike.
pub(super) fn unify(stem: &str) -> String {
    let mut unified = String::with_capacity(stem.len());
    let mut from = 0;
    for range in find(stem) {
        unified.push_str(&stem[from..range.start]);
        unified.push_str(BLANK);
        from = range.end;
    }
    unified.push_str(&stem[from..]);
    unified
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn underscores_in_formulas_are_no_blanks() {
        assert_eq!(count("$a__b$ 是 ______，$$x\n__y$$ __ 和 a_b"), 2);
        assert_eq!(unify("a __ b _______"), "a ____ b ____");
        assert_eq!(unify("______ a _ $b__$ __ c"), "____ a _ $b__$ ____ c");
        assert_eq!(count("价格 $5，____ 元"), 1);
    }
}
