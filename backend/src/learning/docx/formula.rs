//! Formulas of word processors (OMML) in the notation of lessons (LaTeX).

mod letters;

use super::{styles::is_on, xml::Element};
use letters::{FUNCTIONS, LIMITS, accent, delimiter, large, run};

/// A formula in the notation of lessons.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) latex: String,
    /// Names of elements that are not known; what they hold is there.
    pub(super) unknown: Vec<String>,
}

/// Writes a formula. It is one line, and has no bar or dollar that its surroundings could take for theirs.
pub(super) fn latex(formula: &Element) -> Written {
    let mut writer = Writer::default();
    let latex = writer.row(formula);
    Written { latex: latex.split_whitespace().collect::<Vec<_>>().join(" "), unknown: writer.unknown }
}

#[derive(Default)]
struct Writer {
    unknown: Vec<String>,
    /// Whether `&` only says where lines are aligned.
    is_aligned: bool,
}

impl Writer {
    /// What stands one behind the other.
    fn row(&mut self, parent: &Element) -> String {
        let mut row = String::new();
        for element in parent.elements() {
            let part = self.part(element);
            // A command ends where no letter follows.
            let is_open = ends_in_command(&row) && part.starts_with(|next: char| next.is_ascii_alphabetic());
            if is_open {
                row.push(' ');
            }
            row.push_str(&part);
        }
        row
    }

    /// What the first element of this name holds; empty if there is none.
    fn of(&mut self, parent: &Element, name: &str) -> String {
        parent.child(name).map(|child| self.row(child)).unwrap_or_default()
    }

    fn part(&mut self, element: &Element) -> String {
        let name = element.name();
        match name {
            "m:r" | "w:r" => run(element, self.is_aligned),
            "m:f" => self.fraction(element),
            "m:sSup" => format!("{}^{{{}}}", self.base(element), self.of(element, "m:sup")),
            "m:sSub" => format!("{}_{{{}}}", self.base(element), self.of(element, "m:sub")),
            "m:sSubSup" => {
                let (low, high) = (self.of(element, "m:sub"), self.of(element, "m:sup"));
                format!("{}_{{{low}}}^{{{high}}}", self.base(element))
            }
            "m:sPre" => {
                let (low, high) = (self.of(element, "m:sub"), self.of(element, "m:sup"));
                format!("{{}}_{{{low}}}^{{{high}}}{}", self.base(element))
            }
            "m:rad" => match self.of(element, "m:deg") {
                degree if degree.trim().is_empty() => format!("\\sqrt{{{}}}", self.of(element, "m:e")),
                degree => format!("\\sqrt[{{{degree}}}]{{{}}}", self.of(element, "m:e")),
            },
            "m:nary" => self.large(element),
            "m:d" => self.fenced(element),
            "m:m" => self.matrix(element),
            "m:eqArr" => format!("\\begin{{aligned}}{}\\end{{aligned}}", self.lines(element)),
            "m:func" => {
                let (name, of) = (self.of(element, "m:fName"), self.of(element, "m:e"));
                format!("{name} {{{of}}}")
            }
            "m:acc" => {
                let said = property(element, "m:accPr", "m:chr").and_then(|text| text.chars().next());
                let inner = self.of(element, "m:e");
                format!("{}{{{inner}}}", accent(said, inner.chars().count() > 1))
            }
            "m:bar" => {
                let is_above = property(element, "m:barPr", "m:pos") == Some("top");
                format!("{}{{{}}}", if is_above { "\\overline" } else { "\\underline" }, self.of(element, "m:e"))
            }
            "m:groupChr" => self.braced(element),
            "m:limLow" => self.limit(element, "\\underset", '_'),
            "m:limUpp" => self.limit(element, "\\overset", '^'),
            "m:box" | "m:phant" | "m:oMath" | "m:e" | "w:ins" | "w:moveTo" => self.row(element),
            _ if name.ends_with("Pr") || name == "w:del" || name == "w:moveFrom" => String::new(),
            _ if name.starts_with("m:") => {
                if !self.unknown.iter().any(|known| known == name) {
                    self.unknown.push(name.to_owned());
                }
                self.row(element)
            }
            _ => String::new(),
        }
    }

    /// What a raised or lowered part belongs to.
    fn base(&mut self, element: &Element) -> String {
        let base = self.of(element, "m:e");
        if base.chars().count() == 1 || FUNCTIONS.iter().chain(&LIMITS).any(|name| base.trim() == format!("\\{name}")) {
            base.trim().to_owned()
        } else {
            format!("{{{base}}}")
        }
    }

    fn fraction(&mut self, element: &Element) -> String {
        let (above, below) = (self.of(element, "m:num"), self.of(element, "m:den"));
        match property(element, "m:fPr", "m:type") {
            Some("lin" | "skw") => format!("{{{above}}}/{{{below}}}"),
            Some("noBar") => format!("\\begin{{matrix}}{above}\\\\{below}\\end{{matrix}}"),
            _ => format!("\\frac{{{above}}}{{{below}}}"),
        }
    }

    /// A sum, a product, an integral and their kind.
    fn large(&mut self, element: &Element) -> String {
        let properties = element.child("m:naryPr");
        let said = property(element, "m:naryPr", "m:chr").and_then(|text| text.chars().next());
        let is_hidden = |name: &str| properties.is_some_and(|properties| is_set(properties, name));
        let mut text = large(said).to_owned();
        let is_integral = text.ends_with("int");
        if is_integral && property(element, "m:naryPr", "m:limLoc") == Some("undOvr") {
            text.push_str("\\limits");
        }
        let (low, high) = (self.of(element, "m:sub"), self.of(element, "m:sup"));
        if !low.is_empty() && !is_hidden("m:subHide") {
            text.push_str(&format!("_{{{low}}}"));
        }
        if !high.is_empty() && !is_hidden("m:supHide") {
            text.push_str(&format!("^{{{high}}}"));
        }
        text + &format!("{{{}}}", self.of(element, "m:e"))
    }

    /// What stands in brackets that are as high as it.
    fn fenced(&mut self, element: &Element) -> String {
        let mark = |name: &str, usual: &'static str| match element.child("m:dPr").and_then(|said| said.value_of(name)) {
            Some(said) => said.to_owned(),
            None => usual.to_owned(),
        };
        let (open, between, close) = (mark("m:begChr", "("), mark("m:sepChr", "|"), mark("m:endChr", ")"));
        let parts: Vec<&Element> = element.elements().filter(|part| part.name() == "m:e").collect();
        if let ("{", "", [part]) = (open.as_str(), close.as_str(), parts.as_slice())
            && let Some(lines) = part.child("m:eqArr")
        {
            return format!("\\begin{{cases}}{}\\end{{cases}}", self.lines(lines));
        }
        let inner: Vec<String> = parts.iter().map(|part| self.row(part)).collect();
        let between = match delimiter(&between) {
            "." => " ".to_owned(),
            mark => format!("\\middle{mark} "),
        };
        format!("\\left{} {}\\right{} ", delimiter(&open), inner.join(&between), delimiter(&close))
    }

    fn matrix(&mut self, element: &Element) -> String {
        let rows = element.elements().filter(|row| row.name() == "m:mr");
        let rows: Vec<String> = rows
            .map(|row| {
                let cells = row.elements().filter(|cell| cell.name() == "m:e");
                cells.map(|cell| self.row(cell)).collect::<Vec<_>>().join(" & ")
            })
            .collect();
        format!("\\begin{{matrix}}{}\\end{{matrix}}", rows.join(" \\\\ "))
    }

    /// Equations one below the other.
    fn lines(&mut self, element: &Element) -> String {
        let outside = std::mem::replace(&mut self.is_aligned, true);
        let lines = element.elements().filter(|line| line.name() == "m:e");
        let lines: Vec<String> = lines.map(|line| self.row(line)).collect();
        self.is_aligned = outside;
        lines.join(" \\\\ ")
    }

    /// A brace or an arrow along a part.
    fn braced(&mut self, element: &Element) -> String {
        let said = property(element, "m:groupChrPr", "m:chr").and_then(|text| text.chars().next());
        let is_above = property(element, "m:groupChrPr", "m:pos") == Some("top");
        let inner = self.of(element, "m:e");
        let command = match (said, is_above) {
            (Some('\u{23DE}'), _) => "\\overbrace",
            (Some('\u{2190}'), true) => "\\overleftarrow",
            (Some('\u{2192}'), true) => "\\overrightarrow",
            (Some('\u{23DF}') | None, _) => "\\underbrace",
            (Some(other), _) => {
                let command = if is_above { "\\overset" } else { "\\underset" };
                return format!("{command}{{{}}}{{{inner}}}", letters::written(other));
            }
        };
        format!("{command}{{{inner}}}")
    }

    /// Something below or above a part: behind it for those that have limits, else over or under it.
    fn limit(&mut self, element: &Element, command: &str, mark: char) -> String {
        let (of, limit) = (self.of(element, "m:e"), self.of(element, "m:lim"));
        let has_limits = LIMITS.iter().any(|name| of.trim() == format!("\\{name}"));
        if has_limits || of.starts_with("\\underbrace") || of.starts_with("\\overbrace") {
            format!("{}{mark}{{{limit}}}", of.trim())
        } else {
            format!("{command}{{{limit}}}{{{of}}}")
        }
    }
}

/// A value among the properties of an element.
fn property<'e>(element: &'e Element, properties: &str, name: &str) -> Option<&'e str> {
    element.child(properties)?.value_of(name)
}

/// Whether something that is on or off is on.
fn is_set(properties: &Element, name: &str) -> bool {
    match properties.value_of(name) {
        Some(said) => matches!(said, "1" | "true" | "on"),
        None => is_on(properties, name).unwrap_or_default(),
    }
}

/// Whether a text ends in the letters of a command.
fn ends_in_command(text: &str) -> bool {
    let name = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    name.len() < text.len() && name.ends_with('\\') && !name.ends_with("\\\\")
}

#[cfg(test)]
mod tests;
