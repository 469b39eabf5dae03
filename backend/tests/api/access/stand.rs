//! Where the one who asks stands, seen from the school whose things are asked for.

use super::world::World;
use crate::people::HERE;
use shared::rights::Place;

/// The township beside.
const BESIDE: &str = "330502105";
/// A county of another city.
const FOREIGN: &str = "330602";

/// One place.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stand {
    /// The school itself.
    School,
    /// Another school of its township.
    SchoolBeside,
    /// Its township.
    Township,
    /// Another township of its county.
    TownshipBeside,
    /// Its county.
    County,
    /// Its city.
    City,
    /// Its province.
    Province,
    /// A county of another city.
    Foreign,
    /// One of its classes.
    Class,
    /// One of its service points.
    ServicePoint,
}

impl Stand {
    pub(super) const ALL: [Self; 10] = [
        Self::School,
        Self::SchoolBeside,
        Self::Township,
        Self::TownshipBeside,
        Self::County,
        Self::City,
        Self::Province,
        Self::Foreign,
        Self::Class,
        Self::ServicePoint,
    ];

    /// Whether a role without any right to do with a thing is asked for it from here, too: where it lies, and
    /// where a role reaches furthest.
    pub(super) const fn is_telling(self) -> bool {
        matches!(self, Self::School | Self::Province)
    }

    pub(super) fn place(self, world: &World) -> Place {
        match self {
            Self::School => world.school(),
            Self::SchoolBeside => Place::Provider { id: world.school_beside, division: HERE.to_owned() },
            Self::Township => Place::division(HERE),
            Self::TownshipBeside => Place::division(BESIDE),
            Self::County => Place::division("330502"),
            Self::City => Place::division("3305"),
            Self::Province => Place::division("33"),
            Self::Foreign => Place::division(FOREIGN),
            Self::Class => world.class(),
            Self::ServicePoint => world.service_point(),
        }
    }
}
