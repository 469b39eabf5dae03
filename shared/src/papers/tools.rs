//! What lies beside a paper for its candidates: a calculator, a formula sheet.

use crate::{calculator::CalculatorKind, problem::FieldError};
use serde::{Deserialize, Serialize};

/// Characters of a formula sheet.
pub const FORMULA_SHEET_CHARS: usize = 20_000;

/// What candidates may use beside a paper: body of `PUT /papers/{id}/tools`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PaperTools {
    /// Their calculator.
    pub calculator: CalculatorKind,
    /// The formula sheet as Markdown with formulas and without pictures; empty if there is none.
    pub formula_sheet: String,
}

impl PaperTools {
    /// The same without what stands around the text.
    ///
    /// # Errors
    /// The formula sheet, if it is too long.
    pub fn checked(&self) -> Result<Self, Vec<FieldError>> {
        let formula_sheet = self.formula_sheet.trim().to_owned();
        if formula_sheet.chars().count() > FORMULA_SHEET_CHARS {
            return Err(vec![FieldError::new("/formula_sheet", "too-long")]);
        }
        Ok(Self { calculator: self.calculator, formula_sheet })
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_none(&self) -> bool {
        matches!(self.calculator, CalculatorKind::None) && self.formula_sheet.is_empty()
    }
}

impl Default for PaperTools {
    fn default() -> Self {
        Self { calculator: CalculatorKind::None, formula_sheet: String::new() }
    }
}

/// The same inside a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PackagedTools {
    /// The calculator.
    pub calculator: CalculatorKind,
    /// The formula sheet as HTML; empty if there is none.
    pub formula_sheet_html: String,
}

impl PackagedTools {
    /// Whether there is nothing.
    #[must_use]
    pub fn is_none(&self) -> bool {
        matches!(self.calculator, CalculatorKind::None) && self.formula_sheet_html.is_empty()
    }
}

impl Default for PackagedTools {
    fn default() -> Self {
        Self { calculator: CalculatorKind::None, formula_sheet_html: String::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_sheet_has_an_end() {
        let tools = |length: usize| PaperTools { formula_sheet: "x".repeat(length), ..PaperTools::default() };
        assert_eq!(tools(FORMULA_SHEET_CHARS).checked(), Ok(tools(FORMULA_SHEET_CHARS)));
        let refused = vec![FieldError::new("/formula_sheet", "too-long")];
        assert_eq!(tools(FORMULA_SHEET_CHARS + 1).checked(), Err(refused));
    }

    #[test]
    fn spaces_are_no_formula_sheet() {
        let blank = PaperTools { formula_sheet: " \n".to_owned(), ..PaperTools::default() };
        assert!(!blank.is_none() && blank.checked().unwrap().is_none());
    }
}
