//! Divisions and providers.

use crate::rights::text_enum;
use serde::{Deserialize, Serialize};

text_enum! {
    /// The levels of GB/T 2260 and GB/T 10114.
    DivisionLevel {
        /// 省.
        Province = "province",
        /// 设区市.
        City = "city",
        /// 县、市、区.
        County = "county",
        /// 乡镇、街道.
        Township = "township",
    }
}

/// One division.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Division {
    /// Significant digits of its code: `33`, `3305`, `330502`, `330502104`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: DivisionLevel,
    /// Code of the division that it lies in.
    pub parent: Option<String>,
}
