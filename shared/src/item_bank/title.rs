//! What an item is called in lists: the first characters of its stem on one line, formulas in plain letters.

use super::blanks::formula_mask;
use std::{iter::Peekable, str::Chars};

/// Groups within groups that are read; what lies deeper is left out.
const DEPTH: u8 = 16;

/// Commands that are one letter, and some that are none.
const LETTERS: &[(&str, &str)] = &[
    ("alpha", "α"),
    ("angle", "∠"),
    ("approx", "≈"),
    ("because", "∵"),
    ("beta", "β"),
    ("cap", "∩"),
    ("cdot", "·"),
    ("cdots", "…"),
    ("circ", "°"),
    ("cup", "∪"),
    ("delta", "δ"),
    ("Delta", "Δ"),
    ("div", "÷"),
    ("dots", "…"),
    ("emptyset", "∅"),
    ("equiv", "≡"),
    ("gamma", "γ"),
    ("ge", "≥"),
    ("geq", "≥"),
    ("geqslant", "≥"),
    ("in", "∈"),
    ("infty", "∞"),
    ("lambda", "λ"),
    ("ldots", "…"),
    ("le", "≤"),
    ("left", ""),
    ("leq", "≤"),
    ("leqslant", "≤"),
    ("mathbb", ""),
    ("mathbf", ""),
    ("mathrm", ""),
    ("mid", "|"),
    ("mu", "μ"),
    ("ne", "≠"),
    ("neq", "≠"),
    ("notin", "∉"),
    ("omega", "ω"),
    ("Omega", "Ω"),
    ("overline", ""),
    ("overrightarrow", ""),
    ("parallel", "∥"),
    ("perp", "⊥"),
    ("phi", "φ"),
    ("pi", "π"),
    ("pm", "±"),
    ("prime", "′"),
    ("quad", " "),
    ("qquad", " "),
    ("Rightarrow", "⇒"),
    ("rho", "ρ"),
    ("right", ""),
    ("rightarrow", "→"),
    ("sigma", "σ"),
    ("sim", "∼"),
    ("subset", "⊂"),
    ("subseteq", "⊆"),
    ("sum", "∑"),
    ("text", ""),
    ("therefore", "∴"),
    ("theta", "θ"),
    ("times", "×"),
    ("to", "→"),
    ("triangle", "△"),
    ("varnothing", "∅"),
    ("vec", ""),
];

/// Letters that stand raised.
const RAISED: &[(char, char)] = &[
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('-', '⁻'),
    ('n', 'ⁿ'),
    ('°', '°'),
    ('′', '′'),
];

/// Letters that stand below the line.
const LOWERED: &[(char, char)] = &[
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('+', '₊'),
    ('-', '₋'),
    ('n', 'ₙ'),
];

/// The first so many characters of a stem, on one line.
#[must_use]
pub fn item_title(stem: &str, chars: usize) -> String {
    let line = plain_formulas(stem).split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(chars).collect()
}

/// A text with its formulas in plain letters: in a list nothing is drawn, and nobody reads LaTeX. A dollar without its
/// partner stays as it is.
#[must_use]
pub fn plain_formulas(text: &str) -> String {
    let mask = formula_mask(text);
    let (mut out, mut formula) = (String::new(), String::new());
    for (at, letter) in text.char_indices() {
        if mask.get(at) == Some(&true) {
            formula.push(letter);
            continue;
        }
        out.push_str(&plain(&std::mem::take(&mut formula)));
        out.push(letter);
    }
    out.push_str(&plain(&formula));
    out
}

fn plain(formula: &str) -> String {
    let mut reader = Reader { letters: formula.chars().peekable() };
    let mut out = String::new();
    while let Some(letter) = reader.letters.next() {
        if letter != '}' {
            out.push_str(&reader.one(letter, 0));
        }
    }
    out
}

/// Reads the letters of a formula one after the other. Whatever it meets, it comes to an end.
struct Reader<'t> {
    letters: Peekable<Chars<'t>>,
}

impl Reader<'_> {
    /// What has just been begun: a letter, a group or a command.
    fn one(&mut self, letter: char, depth: u8) -> String {
        match letter {
            '$' => String::new(),
            '{' => self.group(depth),
            '\\' => self.command(depth),
            '^' => script(&self.argument(depth), '^', RAISED),
            '_' => script(&self.argument(depth), '_', LOWERED),
            '&' | '~' => " ".to_owned(),
            other => other.to_string(),
        }
    }

    /// Up to where the group ends that has just begun.
    fn group(&mut self, depth: u8) -> String {
        let mut out = String::new();
        while depth < DEPTH
            && let Some(letter) = self.letters.next()
            && letter != '}'
        {
            out.push_str(&self.one(letter, depth + 1));
        }
        out
    }

    /// What belongs to a command or a mark.
    fn argument(&mut self, depth: u8) -> String {
        while self.letters.next_if(|letter| letter.is_whitespace()).is_some() {}
        match self.letters.next_if(|letter| *letter != '}') {
            Some(letter) if depth < DEPTH => self.one(letter, depth + 1),
            _ => String::new(),
        }
    }

    fn command(&mut self, depth: u8) -> String {
        let mut name = String::new();
        while let Some(letter) = self.letters.next_if(char::is_ascii_alphabetic) {
            name.push(letter);
        }
        match name.as_str() {
            // A mark, or a space of some width.
            "" => self
                .letters
                .next()
                .filter(|mark| !matches!(mark, ',' | ';' | ':' | '!' | '\\'))
                .map_or_else(|| " ".to_owned(), String::from),
            "frac" | "dfrac" | "tfrac" => {
                let above = whole(&self.argument(depth));
                format!("{above}/{}", whole(&self.argument(depth)))
            }
            "sqrt" => {
                let degree = self.degree();
                format!("{degree}√{}", whole(&self.argument(depth)))
            }
            name => LETTERS.iter().find(|(known, _)| *known == name).map_or(name, |(_, letter)| *letter).to_owned(),
        }
    }

    /// Which root it is, if that is said: `[3]`.
    fn degree(&mut self) -> String {
        let mut degree = String::new();
        if self.letters.next_if_eq(&'[').is_none() {
            return degree;
        }
        while let Some(letter) = self.letters.next_if(|letter| !matches!(letter, ']' | '$')) {
            degree.push(letter);
        }
        self.letters.next();
        script(&degree, ' ', RAISED).trim().to_owned()
    }
}

/// A part that can be told from what stands beside it.
fn whole(part: &str) -> String {
    let part = part.trim();
    if part.chars().all(char::is_alphanumeric) { part.to_owned() } else { format!("({part})") }
}

/// A raised or lowered part: in its own letters, if there are such.
fn script(part: &str, mark: char, letters: &[(char, char)]) -> String {
    let own = |letter: char| letters.iter().find(|(usual, _)| *usual == letter).map(|(_, own)| *own);
    let written: Option<String> = part.trim().chars().map(own).collect();
    written.unwrap_or_else(|| format!("{mark}{}", whole(part)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(plain_formulas(text), expected, "{text}");
    }

    #[test]
    fn formulas_are_read_without_their_commands() {
        check(r"计算 $\frac{1}{2} \times 3$ 的值", "计算 1/2 × 3 的值");
        check(r"$\dfrac{x+1}{2y}\leq 5$", "(x+1)/2y≤ 5");
        check(r"若 $x^2+y^{10} = a_1$，$x^{m+1}$ 是", "若 x²+y¹⁰ = a₁，x^(m+1) 是");
        check(r"$\sqrt{2}$、$\sqrt[3]{x-1}$ 和 $\sqrt x$", "√2、³√(x-1) 和 √x");
        check(r"$$\angle A = 30^\circ$$", "∠ A = 30°");
        check(r"$\left\{ x \mid x \geq 0 \right\}$", "{ x | x ≥ 0 }");
        check(r"$\sin 30\,\mathrm{cm}$", "sin 30 cm");
    }

    #[test]
    fn what_is_no_formula_stays() {
        check("票价 $5，**共** 3 张", "票价 $5，**共** 3 张");
        check(r"每张 \$5 和 \$6", r"每张 \$5 和 \$6");
        assert_eq!(item_title("第一行\n  $a^2$ 第二行", 8), "第一行 a² 第");
        assert_eq!(plain_formulas(&plain_formulas("计算 $2^3$")), "计算 2³", "twice is as good as once");
    }

    proptest! {
        #[test]
        fn whatever_stands_in_a_formula_it_is_read_to_its_end(inside in r"[\\{}^_a-c\[\]12 ]{0,200}") {
            let plain = plain_formulas(&format!("${inside}1$"));
            prop_assert!(!plain.contains('$'));
        }

        #[test]
        fn nothing_is_too_deep(depth in 1..2_000_usize) {
            let deep = format!("${}{}$", "{".repeat(depth), r"\frac".repeat(depth));
            prop_assert!(!plain_formulas(&deep).contains('\\'));
        }
    }
}
