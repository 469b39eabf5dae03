//! Essays: by what they are marked, how long they are, and how their author writes that.

use super::{
    ItemBody,
    chinese_text::words::{AT_LEAST, AT_MOST, CHARACTERS},
    normalise::half_width,
    shares::shares_of,
};
use crate::points::Points;
use serde::{Deserialize, Serialize};

/// Stands behind the share of a dimension.
const SHARE: char = '%';

/// From here on a letter is a word: characters of Chinese, and their punctuation.
const FIRST_WIDE: char = '\u{2e80}';

/// By what an essay is marked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    /// What it is called.
    pub name: String,
    /// Its part of the points, in per cent; those of all dimensions are a hundred.
    pub percent: u16,
    /// What a marker looks for, on one line; may be empty.
    pub about: String,
}

/// How long an essay should be, as [`essay_length`] counts. Nobody is kept from writing less or more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EssayLength {
    /// At least so long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<u16>,
    /// At most so long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u16>,
}

impl EssayLength {
    /// Whether anything is said of it.
    #[must_use]
    pub const fn is_told(&self) -> bool {
        self.least.is_some() || self.most.is_some()
    }

    /// Whether nothing is.
    #[must_use]
    pub const fn is_free(&self) -> bool {
        !self.is_told()
    }
}

/// How long a text is, as word processors count: each Chinese character and mark, and each word or number of others.
#[must_use]
pub fn essay_length(text: &str) -> usize {
    let (mut count, mut is_within) = (0, false);
    for letter in text.chars() {
        let is_wide = letter >= FIRST_WIDE && !letter.is_whitespace();
        let is_narrow = !is_wide && !letter.is_whitespace();
        count += usize::from(is_wide || (is_narrow && !is_within));
        is_within = is_narrow;
    }
    count
}

/// The most points of each dimension, together all.
#[must_use]
pub fn dimension_points(dimensions: &[Dimension], max: Points) -> Vec<Points> {
    shares_of(dimensions.iter().map(|dimension| dimension.percent), max)
}

/// How long it should be on the first line, `600-800`, and a dimension on each other: `Content 40%: a view of one's own`.
pub(super) fn lines(dimensions: &[Dimension], length: EssayLength) -> Vec<String> {
    let bound = |bound: Option<u16>| bound.map_or_else(String::new, |bound| bound.to_string());
    let length = length.is_told().then(|| format!("{}-{}", bound(length.least), bound(length.most)));
    length.into_iter().chain(dimensions.iter().map(line)).collect()
}

fn line(dimension: &Dimension) -> String {
    let Dimension { name, percent, about } = dimension;
    if about.is_empty() { format!("{name} {percent}%") } else { format!("{name} {percent}%: {about}") }
}

/// What who marks a response looks for, in Markdown; empty where no person does.
#[must_use]
pub fn rubric_of(body: &ItemBody) -> String {
    match body {
        ItemBody::ShortAnswer { rubric } => rubric.clone(),
        ItemBody::Essay { dimensions, length } => lines(dimensions, *length).join("\n\n"),
        _ => String::new(),
    }
}

/// Reads such lines; `None` if one is neither a length nor a dimension, or there is no dimension.
pub(super) fn of_lines(text: &str) -> Option<ItemBody> {
    let (mut dimensions, mut length) = (Vec::new(), EssayLength::default());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match (length_of(line), length.is_told()) {
            (Some(told), false) => length = told,
            (Some(_), true) => return None,
            (None, _) => dimensions.push(dimension_of(line)?),
        }
    }
    (!dimensions.is_empty()).then_some(ItemBody::Essay { dimensions, length })
}

/// `600-800`, `600-` and `-800`, or the same in words.
fn length_of(line: &str) -> Option<EssayLength> {
    let line: String = line.chars().map(half_width).filter(|letter| !letter.is_whitespace()).collect();
    let line = line.trim_end_matches(['.', ';', ',']);
    let line = line.strip_suffix(CHARACTERS).unwrap_or(line);
    let told = |least: &str, most: &str| {
        let bound = |text: &str| if text.is_empty() { Some(None) } else { text.parse::<u16>().ok().map(Some) };
        Some(EssayLength { least: bound(least)?, most: bound(most)? }).filter(|length| length.is_told())
    };
    if let Some(least) = AT_LEAST.iter().find_map(|words| line.strip_prefix(words)) {
        return told(least, "");
    }
    if let Some(most) = AT_MOST.iter().find_map(|words| line.strip_prefix(words)) {
        return told("", most);
    }
    let (least, most) = line.split_once(['-', '~'])?;
    told(least, most)
}

fn dimension_of(line: &str) -> Option<Dimension> {
    let (at, sign) = line.char_indices().find(|(_, letter)| half_width(*letter) == SHARE)?;
    let (before, about) = (&line[..at], &line[at + sign.len_utf8()..]);
    let name = before.trim_end_matches(|letter: char| half_width(letter).is_ascii_digit());
    let digits: String = before[name.len()..].chars().map(half_width).collect();
    let about = about.trim_start_matches(|letter: char| letter.is_whitespace() || half_width(letter) == ':');
    Some(Dimension { name: name.trim().to_owned(), percent: digits.parse().ok()?, about: about.trim().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dimension(name: &str, percent: u16, about: &str) -> Dimension {
        Dimension { name: name.to_owned(), percent, about: about.to_owned() }
    }

    #[test]
    fn a_text_is_as_long_as_word_processors_say() {
        for (text, count) in [("", 0), (" \n", 0), ("杭州，好。", 5), ("word by word", 3), ("我有3 apples。", 5)]
        {
            assert_eq!(essay_length(text), count, "{text}");
        }
    }

    #[test]
    fn dimensions_are_read_as_they_are_written() {
        let written = ["600-800", "内容 40%: 切题", "语言 60%"];
        let body = of_lines(&written.join("\n")).unwrap();
        let dimensions = vec![dimension("内容", 40, "切题"), dimension("语言", 60, "")];
        let length = EssayLength { least: Some(600), most: Some(800) };
        assert_eq!(lines(&dimensions, length), written);
        assert_eq!(body, ItemBody::Essay { dimensions: dimensions.clone(), length });
        assert_eq!(of_lines("内容40％：切题\n\n语言　６０%\n６００～８００字"), Some(body));
        assert_eq!(lines(&dimensions, EssayLength::default()), written[1..]);
    }

    #[test]
    fn a_length_has_one_bound_or_two() {
        let length = |least, most| Some(EssayLength { least, most });
        assert_eq!(length_of("不少于 600 字"), length(Some(600), None));
        assert_eq!(length_of("不超过800字。"), length(None, Some(800)));
        assert_eq!((length_of("600-"), length_of("-800")), (length(Some(600), None), length(None, Some(800))));
        for other in ["", "-", "600", "不少于字", "内容 40%", "70000-"] {
            assert_eq!(length_of(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_no_line_of_an_essay_is_not_read() {
        for other in ["", "600-800", "要点：切题", "600-800\n700-900\n内容 100%", "% 内容"] {
            assert_eq!(of_lines(other), None, "{other}");
        }
    }

    #[test]
    fn dimensions_have_their_shares_of_the_points() {
        let dimensions = [dimension("a", 60, ""), dimension("b", 40, "")];
        assert_eq!(dimension_points(&dimensions, Points(1_001)), [601, 400].map(Points));
    }
}
