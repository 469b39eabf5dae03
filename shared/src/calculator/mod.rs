//! The pocket calculator beside a paper: what somebody typed becomes a number, as people expect of one. It reckons in
//! decimals, so 0.1 + 0.2 is 0.3, and never with what the machine takes for it.

mod expression;
mod number;

pub use expression::*;
pub use number::CalcNumber;

use crate::rights::text_enum;

text_enum! {
    /// Which calculator candidates have beside a paper.
    CalculatorKind {
        /// None.
        None = "none",
        /// The four rules, brackets, per cent and roots.
        Basic = "basic",
        /// Powers, logarithms and angles, too.
        Scientific = "scientific",
    }
}

text_enum! {
    /// What angles are measured in.
    AngleUnit {
        /// 360 are a whole turn.
        Degrees = "degrees",
        /// 2 pi are.
        Radians = "radians",
    }
}

/// Why a calculator has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalcRefusal {
    /// Something is still to come: a number, or all of it.
    #[error("the expression is not finished")]
    Unfinished,
    /// A letter stands where none can, or one that the calculator does not know.
    #[error("the expression cannot be read")]
    Unreadable,
    /// A bracket has no other one.
    #[error("a bracket is missing")]
    BracketMissing,
    /// Nothing is divided by zero.
    #[error("division by zero")]
    DivisionByZero,
    /// There is no such root, logarithm or angle.
    #[error("there is no such number")]
    NoSuchNumber,
    /// The number has more digits than a calculator shows.
    #[error("the number is too large")]
    TooLarge,
    /// The expression is longer than anybody types.
    #[error("the expression is too long")]
    TooLong,
}

impl CalcRefusal {
    /// Every refusal.
    pub const ALL: [Self; 7] = [
        Self::Unfinished,
        Self::Unreadable,
        Self::BracketMissing,
        Self::DivisionByZero,
        Self::NoSuchNumber,
        Self::TooLarge,
        Self::TooLong,
    ];
}

#[cfg(test)]
mod tests;
