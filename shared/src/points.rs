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

    /// Reads what [`Display`](std::fmt::Display) wrote of points that are not negative.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let hundredths: i32 = format!("{fraction:0<2}").parse().ok()?;
        let points = whole.parse::<i32>().ok()?.checked_mul(100)?.checked_add(hundredths).map(Self)?;
        Some(points).filter(|points| points.0 >= 0 && points.to_string() == text)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_what_is_written_that_way_is_read() {
        let read = ["86.5", "100", "0.25", "0"].map(Points::parse);
        assert_eq!(read, [8_650, 10_000, 25, 0].map(|hundredths| Some(Points(hundredths))));
        for wrong in ["", ".", "5.", ".5", "1.50", "01", "+1", "-1", "1.234", "1e3", "99999999999", "一"] {
            assert_eq!(Points::parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_back(hundredths in 0..=i32::MAX) {
            prop_assert_eq!(Points::parse(&Points(hundredths).to_string()), Some(Points(hundredths)));
        }
    }
}
