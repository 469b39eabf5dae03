//! Points of items and scores of papers, as integers.

/// Points in hundredths of a mark: `Points(250)` is 2.5 marks. Never a float.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "orm", derive(sea_orm::DeriveValueType))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Points(pub i32);

impl Points {
    /// No points.
    pub const ZERO: Self = Self(0);

    /// `marks` whole marks.
    #[must_use]
    pub const fn whole(marks: i32) -> Self {
        Self(marks * 100)
    }
}

impl std::iter::Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        Self(points.map(|p| p.0).sum())
    }
}

impl std::fmt::Display for Points {
    /// Marks without needless zeros: `2`, `2.5`, `0.25`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, hundredths) = (self.0.abs() / 100, self.0.abs() % 100);
        match (hundredths, hundredths % 10) {
            (0, _) => write!(f, "{sign}{whole}"),
            (_, 0) => write!(f, "{sign}{whole}.{}", hundredths / 10),
            _ => write!(f, "{sign}{whole}.{hundredths:02}"),
        }
    }
}
