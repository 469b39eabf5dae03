//! Areas of pictures.

use super::value::integer;
use crate::item_bank::xml::Element;

/// An area, by its coordinates in the pixels of the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// All of the picture.
    All,
    Circle {
        x: i64,
        y: i64,
        radius: i64,
    },
    Ellipse {
        x: i64,
        y: i64,
        wide: i64,
        high: i64,
    },
    Rectangle {
        left: i64,
        top: i64,
        right: i64,
        bottom: i64,
    },
    Polygon(Vec<(i64, i64)>),
}

impl Shape {
    /// Reads `shape` and `coords`.
    pub(super) fn read(element: &Element) -> Option<Self> {
        let coordinates = element.attribute("coords").unwrap_or_default().split(',');
        let numbers: Option<Vec<i64>> =
            coordinates.map(str::trim).filter(|text| !text.is_empty()).map(integer).collect();
        match (element.attribute("shape")?, numbers?.as_slice()) {
            ("default", _) => Some(Self::All),
            ("circle", &[x, y, radius]) => Some(Self::Circle { x, y, radius }),
            ("ellipse", &[x, y, wide, high]) if wide > 0 && high > 0 => Some(Self::Ellipse { x, y, wide, high }),
            ("rect", &[left, top, right, bottom]) => Some(Self::Rectangle { left, top, right, bottom }),
            ("poly", points) if points.len() >= 6 && points.len().is_multiple_of(2) => {
                Some(Self::Polygon(points.chunks_exact(2).map(|point| (point[0], point[1])).collect()))
            }
            _ => None,
        }
    }

    /// Whether a point lies in it or on its edge.
    pub(super) fn holds(&self, x: i64, y: i64) -> bool {
        let square = |number: i64| i128::from(number) * i128::from(number);
        match self {
            Self::All => true,
            Self::Circle { x: own_x, y: own_y, radius } => square(x - own_x) + square(y - own_y) <= square(*radius),
            Self::Ellipse { x: own_x, y: own_y, wide, high } => {
                let (across, down) = (square(x - own_x), square(y - own_y));
                across.saturating_mul(square(*high)).saturating_add(down.saturating_mul(square(*wide)))
                    <= square(*wide).saturating_mul(square(*high))
            }
            Self::Rectangle { left, top, right, bottom } => {
                (left..=right).contains(&&x) && (top..=bottom).contains(&&y)
            }
            Self::Polygon(points) => is_in_polygon(points, x, y),
        }
    }
}

/// Whether a ray to the right leaves a polygon once more than it enters it.
fn is_in_polygon(points: &[(i64, i64)], x: i64, y: i64) -> bool {
    let mut is_in = false;
    for (at, &(from_x, from_y)) in points.iter().enumerate() {
        let (to_x, to_y) = points[(at + 1) % points.len()];
        let turn =
            i128::from(to_x - from_x) * i128::from(y - from_y) - i128::from(to_y - from_y) * i128::from(x - from_x);
        let is_between = |one: i64, other: i64, own: i64| (one.min(other)..=one.max(other)).contains(&own);
        if turn == 0 && is_between(from_x, to_x, x) && is_between(from_y, to_y, y) {
            return true;
        }
        if (from_y > y) != (to_y > y) && (turn > 0) == (to_y > from_y) {
            is_in = !is_in;
        }
    }
    is_in
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_belong_to_an_area() {
        let triangle = Shape::Polygon(vec![(0, 0), (10, 0), (0, 10)]);
        for (shape, inside, outside) in [
            (Shape::Circle { x: 5, y: 5, radius: 5 }, (5, 0), (0, 0)),
            (Shape::Ellipse { x: 0, y: 0, wide: 10, high: 2 }, (10, 0), (9, 2)),
            (Shape::Rectangle { left: 1, top: 1, right: 3, bottom: 3 }, (3, 3), (4, 3)),
            (triangle.clone(), (5, 5), (6, 5)),
            (triangle, (1, 1), (-1, 1)),
        ] {
            assert!(shape.holds(inside.0, inside.1) && !shape.holds(outside.0, outside.1), "{shape:?}");
        }
        assert!(Shape::All.holds(-1, -1));
    }
}
