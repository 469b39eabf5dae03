//! Lists: one page of items and the opaque cursor of the next.

use serde::{Deserialize, Serialize};

/// Most rows of one page.
pub const MAX_PAGE_ROWS: u16 = 200;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The rows, in the list's own order.
    pub items: Vec<T>,
    /// Where the next page begins; absent on the last page.
    pub next_cursor: Option<String>,
}

/// Which page a client asks for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(default)]
pub struct PageQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    pub limit: Option<u16>,
}

impl PageQuery {
    /// Rows to fetch: between 1 and 200, 50 unless told.
    #[must_use]
    pub fn rows(&self) -> u64 {
        u64::from(self.limit.unwrap_or(50).clamp(1, MAX_PAGE_ROWS))
    }
}
