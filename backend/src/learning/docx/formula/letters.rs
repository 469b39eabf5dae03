//! The letters and signs of formulas.

use super::super::xml::Element;

/// Functions that have a command of their own.
pub(super) const FUNCTIONS: [&str; 24] = [
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "coth", "log",
    "ln", "lg", "exp", "det", "dim", "ker", "deg", "arg", "hom", "gcd",
];
/// Operators that have something below.
pub(super) const LIMITS: [&str; 5] = ["lim", "max", "min", "sup", "inf"];

/// The letters of one run.
pub(super) fn run(run: &Element, is_aligned: bool) -> String {
    let properties = run.child("m:rPr");
    let said = |name: &str| properties.and_then(|properties| properties.value_of(name));
    let text: String =
        run.elements().filter(|part| matches!(part.name(), "m:t" | "w:t")).map(Element::own_text).collect();
    if properties.is_some_and(|properties| properties.child("m:nor").is_some()) {
        return if text.trim().is_empty() { " ".to_owned() } else { words(&text) };
    }
    let name = text.trim();
    if said("m:sty") == Some("p") && name.chars().count() > 1 && name.chars().all(|letter| letter.is_ascii_alphabetic())
    {
        let has_command = FUNCTIONS.iter().chain(&LIMITS).any(|known| *known == name);
        return if has_command { format!("\\{name}") } else { format!("\\mathrm{{{name}}}") };
    }
    let written = signs(&text, is_aligned);
    let is_alphabetic = !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric());
    let command = match (said("m:scr"), said("m:sty")) {
        (Some("double-struck"), _) => "\\mathbb",
        (Some("script"), _) => "\\mathcal",
        (Some("fraktur"), _) => "\\mathfrak",
        (_, Some("b")) => "\\mathbf",
        (_, Some("bi")) => "\\boldsymbol",
        _ => return written,
    };
    if is_alphabetic { format!("{command}{{{written}}}") } else { written }
}

/// Signs as they are written, words of other scripts as words.
fn signs(text: &str, is_aligned: bool) -> String {
    let (mut written, mut other) = (String::new(), String::new());
    for letter in text.chars() {
        if is_word(letter) {
            other.push(letter);
            continue;
        }
        if !other.is_empty() {
            written.push_str(&words(&std::mem::take(&mut other)));
        }
        if !(is_aligned && letter == '&') {
            written.push_str(&self::written(letter));
        }
    }
    if !other.is_empty() {
        written.push_str(&words(&other));
    }
    written
}

/// Whether a letter belongs to words of a script that formulas do not use.
fn is_word(letter: char) -> bool {
    ('\u{2E80}'..='\u{9FFF}').contains(&letter)
        || ('\u{AC00}'..='\u{D7AF}').contains(&letter)
        || ('\u{F900}'..='\u{FAFF}').contains(&letter)
        || ('\u{FF00}'..='\u{FFEF}').contains(&letter)
        || ('\u{20000}'..='\u{3FFFF}').contains(&letter)
}

/// Words in a formula.
fn words(text: &str) -> String {
    let letter = |letter: char| match letter {
        '{' | '}' | '$' | '&' | '#' | '%' | '_' => format!("\\{letter}"),
        '\\' | '^' | '~' | '`' => " ".to_owned(),
        _ => letter.to_string(),
    };
    format!("\\text{{{}}}", text.chars().map(letter).collect::<String>())
}

/// One sign as it is written.
pub(super) fn written(sign: char) -> String {
    let command = match sign {
        '\\' => "\\backslash ",
        '{' => "\\{",
        '}' => "\\}",
        '$' => "\\${}",
        '&' => "\\&",
        '#' => "\\#",
        '%' => "\\%",
        '_' => "\\_",
        '^' => "\\wedge ",
        '~' => "\\sim ",
        '|' => "\\vert ",
        '\u{2016}' => "\\Vert ",
        '`' => "'",
        '\u{2212}' => "-",
        '\u{A0}' | '\u{3000}' => " ",
        // Signs that are there and not seen: applied to, times, nothing.
        '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => "",
        other => return other.to_string(),
    };
    command.to_owned()
}

/// The command for a mark above letters; above a circumflex if it is not said which.
pub(super) fn accent(mark: Option<char>, is_wide: bool) -> &'static str {
    match mark {
        Some('\u{303}' | '~') => "\\tilde",
        Some('\u{304}' | '\u{AF}') if !is_wide => "\\bar",
        Some('\u{304}' | '\u{AF}' | '\u{305}') => "\\overline",
        Some('\u{306}') => "\\breve",
        Some('\u{307}') => "\\dot",
        Some('\u{308}') => "\\ddot",
        Some('\u{20DB}') => "\\dddot",
        Some('\u{30A}') => "\\mathring",
        Some('\u{30C}') => "\\check",
        Some('\u{300}') => "\\grave",
        Some('\u{301}') => "\\acute",
        Some('\u{20D6}' | '\u{2190}') => "\\overleftarrow",
        Some('\u{20D7}' | '\u{2192}') if is_wide => "\\overrightarrow",
        Some('\u{20D7}' | '\u{2192}') => "\\vec",
        _ if is_wide => "\\widehat",
        _ => "\\hat",
    }
}

/// The command for a large sign; an integral if it is not said which.
pub(super) fn large(sign: Option<char>) -> &'static str {
    match sign {
        Some('\u{2211}') => "\\sum",
        Some('\u{220F}') => "\\prod",
        Some('\u{2210}') => "\\coprod",
        Some('\u{222C}') => "\\iint",
        Some('\u{222D}') => "\\iiint",
        Some('\u{222E}') => "\\oint",
        Some('\u{222F}') => "\\oiint",
        Some('\u{22C3}') => "\\bigcup",
        Some('\u{22C2}') => "\\bigcap",
        Some('\u{22C1}') => "\\bigvee",
        Some('\u{22C0}') => "\\bigwedge",
        Some('\u{2A01}') => "\\bigoplus",
        Some('\u{2A02}') => "\\bigotimes",
        _ => "\\int",
    }
}

/// A bracket; a point stands for none.
pub(super) fn delimiter(mark: &str) -> &'static str {
    match mark {
        "(" => "(",
        ")" => ")",
        "[" => "[",
        "]" => "]",
        "{" => "\\{",
        "}" => "\\}",
        "|" => "\\vert",
        "\u{2016}" | "||" => "\\Vert",
        "<" | "\u{27E8}" | "\u{2329}" | "\u{3008}" => "\\langle",
        ">" | "\u{27E9}" | "\u{232A}" | "\u{3009}" => "\\rangle",
        "\u{230A}" => "\\lfloor",
        "\u{230B}" => "\\rfloor",
        "\u{2308}" => "\\lceil",
        "\u{2309}" => "\\rceil",
        "/" => "/",
        _ => ".",
    }
}
