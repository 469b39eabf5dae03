//! Calculations whose steps are worth points each: what an answer is worth, and how their author writes them.

use super::{
    ItemBody, NumericUnit, Tolerance, blanks::formula_mask, normalise::half_width, numeric, shares::shares_of,
};
use crate::points::Points;
use serde::{Deserialize, Serialize};

/// A number on the way to the result, or the result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CalculationStep {
    /// What is computed, in Markdown, on one line.
    pub label: String,
    /// Its part of the points, in per cent; those of all steps are a hundred.
    pub percent: u16,
    /// The number as a decimal text, `-9.81`.
    pub key: String,
    /// How far an answer may be off.
    pub tolerance: Tolerance,
    /// The units of which an answer needs one; empty if it is a number alone.
    #[serde(default)]
    pub units: Vec<NumericUnit>,
}

/// The points of the steps whose numbers are right, whatever stands at the others.
pub(super) fn points(steps: &[CalculationStep], texts: &[String], max: Points) -> Points {
    let shares = shares_of(steps.iter().map(|step| step.percent), max);
    let is_right =
        |step: &CalculationStep, text: &String| numeric::is_right(&step.key, &step.tolerance, &step.units, text);
    let judged = steps.iter().zip(texts).zip(shares);
    judged.filter(|((step, text), _)| is_right(step, text)).map(|(_, share)| share).sum()
}

/// The steps, each with its share and its number, `Speed 40%: 9.8 ± 0.1 m/s`, and further units on lines of their own.
pub(super) fn lines(steps: &[CalculationStep]) -> Vec<String> {
    let of_step = |step: &CalculationStep| {
        let mut lines = numeric::lines(&step.key, &step.tolerance, &step.units);
        if let Some(first) = lines.first_mut() {
            *first = format!("{} {}%: {first}", step.label, step.percent);
        }
        lines
    };
    steps.iter().flat_map(of_step).collect()
}

/// Reads such lines; `None` if the first is no step, or one has no number.
pub(super) fn of_lines(text: &str) -> Option<ItemBody> {
    let mut parts: Vec<(String, u16, String)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match head(line) {
            Some(part) => parts.push(part),
            None => {
                let (_, _, number) = parts.last_mut()?;
                number.push('\n');
                number.push_str(line);
            }
        }
    }
    let step = |(label, percent, number): (String, u16, String)| {
        let (key, tolerance, units) = numeric::of_lines(&number)?;
        Some(CalculationStep { label, percent, key, tolerance, units })
    };
    let steps = parts.into_iter().map(step).collect::<Option<Vec<_>>>()?;
    (!steps.is_empty()).then_some(ItemBody::Calculation { steps })
}

/// What a step is called, its share, and what stands behind; `None` if a line begins no step. Per cent that are not a
/// share stand before no colon.
fn head(line: &str) -> Option<(String, u16, String)> {
    let mask = formula_mask(line);
    let is_share = |&(at, sign): &(usize, char)| {
        let behind = line[at + sign.len_utf8()..].trim_start();
        half_width(sign) == '%' && !mask[at] && behind.chars().next().map(half_width) == Some(':')
    };
    let (at, _) = line.char_indices().find(is_share)?;
    let (before, behind) = line.split_at(at);
    let label = before.trim_end_matches(|letter: char| half_width(letter).is_ascii_digit());
    let digits: String = before[label.len()..].chars().map(half_width).collect();
    let (_, number) = behind.split_once([':', '\u{ff1a}'])?;
    Some((label.trim().to_owned(), digits.parse().ok()?, number.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: [&str; 4] = ["浓度 5% 的盐水有盐 30%: 9 g", "水 30%: 171 ± 1% g", "kg = 1000", "$m$ 一共 40%: 180"];

    fn steps() -> Vec<CalculationStep> {
        let Some(ItemBody::Calculation { steps }) = of_lines(&WRITTEN.join("\n")) else { panic!("it has steps") };
        steps
    }

    #[test]
    fn steps_are_read_as_they_are_written() {
        let steps = steps();
        assert_eq!(lines(&steps), WRITTEN);
        assert_eq!(steps.iter().map(|step| step.percent).collect::<Vec<_>>(), [30, 30, 40]);
        assert_eq!((steps[0].label.as_str(), steps[2].label.as_str()), ("浓度 5% 的盐水有盐", "$m$ 一共"));
        assert_eq!(steps[1].units.len(), 2);
        let typed = "浓度 5% 的盐水有盐３０％：9g\n\n水30%: 171±1%g\nkg=1000\n$m$ 一共 40% ： 180";
        assert_eq!(of_lines(typed), Some(ItemBody::Calculation { steps }));
    }

    #[test]
    fn what_has_no_number_is_no_step() {
        for other in ["", "9 g", "水 30%", "水 30%: 很多", "水: 9", "水 %: 9"] {
            assert_eq!(of_lines(other), None, "{other}");
        }
    }

    #[test]
    fn each_step_is_judged_by_itself() {
        let worth = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
            points(&steps(), &texts, Points(1_001)).0
        };
        assert_eq!(worth(&["9g", "0.171 kg", "180"]), 1_001);
        assert_eq!(worth(&["9", "171g", "１８０"]), 700);
        assert_eq!(worth(&["9 g"]), 301);
        assert_eq!(worth(&["", "", "180"]), 400);
        assert_eq!(worth(&[]), 0);
    }
}
