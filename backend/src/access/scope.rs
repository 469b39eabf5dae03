//! Where an actor may use a right: what a list shows, and what it counts.

use super::Actor;
use crate::platform::error::{AppError, AppResult};
use sea_orm::{ColumnTrait, Condition, sea_query::Expr};
use shared::{
    ids::{ClassId, ProviderId},
    organisation::DivisionCode,
    problem::ProblemCode,
    rights::{Place, Right, places},
};

/// The divisions, providers and service points at which an actor holds a right. What lies elsewhere is not there.
#[derive(Clone, Debug)]
pub struct Scope {
    places: Vec<Place>,
}

impl Scope {
    /// Where `actor` holds `right`.
    ///
    /// # Errors
    /// [`ProblemCode::Forbidden`] if they hold it nowhere.
    pub fn of(actor: &Actor, right: Right) -> AppResult<Self> {
        Self::over(places(&actor.roles, right).cloned().collect())
    }

    /// The same for what no class and no course has: a role that is held at one alone reaches none of it.
    ///
    /// # Errors
    /// [`ProblemCode::Forbidden`] if they hold it at no division, no provider and no service point.
    pub fn above_classes(actor: &Actor, right: Right) -> AppResult<Self> {
        let held = places(&actor.roles, right).cloned();
        Self::over(
            held.filter(|held| !matches!(held, Place::Class { .. } | Place::Course { .. } | Place::Own { .. }))
                .collect(),
        )
    }

    fn over(held: Vec<Place>) -> AppResult<Self> {
        if held.is_empty() { Err(AppError::Problem(ProblemCode::Forbidden)) } else { Ok(Self { places: held }) }
    }

    /// Whether what lies at `place` may be seen.
    #[must_use]
    pub fn contains(&self, place: &Place) -> bool {
        self.places.iter().any(|held| held.contains(place))
    }

    /// The largest divisions of the tree that may be seen: those held, and those that the held
    /// providers lie in.
    #[must_use]
    pub fn roots(&self) -> Vec<DivisionCode> {
        let mut codes: Vec<DivisionCode> = self.places.iter().filter_map(division_of).collect();
        codes.sort();
        codes.dedup();
        let roots = codes.iter().filter(|code| !codes.iter().any(|above| above != *code && above.contains(code)));
        roots.copied().collect()
    }

    /// The classes at which the right is held.
    #[must_use]
    pub fn classes(&self) -> Vec<ClassId> {
        let class = |held: &Place| if let Place::Class { id, .. } = held { Some(*id) } else { None };
        self.places.iter().filter_map(class).collect()
    }

    /// Whether this division is in the part of the tree that may be seen.
    #[must_use]
    pub fn shows(&self, code: DivisionCode) -> bool {
        self.roots().iter().any(|root| root.contains(&code))
    }

    /// What a statement shows: rows that lie in a division that is held, or belong to a provider that is.
    #[must_use]
    pub fn within<C: ColumnTrait>(&self, division: C, provider: Option<C>) -> Condition {
        // A condition without any part would show everything.
        let nothing = Condition::any().add(Expr::value(false));
        self.places.iter().fold(nothing, |any, held| match (held, provider) {
            (Place::Division { code } | Place::ServicePoint { serves: code, .. }, _) => match DivisionCode::parse(code)
            {
                Some(code) => any.add(lies_in(division, code)),
                None => any,
            },
            (Place::Provider { id: ProviderId(id), .. }, Some(provider)) => any.add(provider.eq(*id)),
            _ => any,
        })
    }
}

/// Rows whose division is this one or lies in it.
#[must_use]
pub fn lies_in<C: ColumnTrait>(column: C, code: DivisionCode) -> Condition {
    Condition::all().add(column.gte(code.as_str())).add(column.lt(code.end()))
}

fn division_of(place: &Place) -> Option<DivisionCode> {
    match place {
        Place::Division { code }
        | Place::Provider { division: code, .. }
        | Place::Class { division: code, .. }
        | Place::ServicePoint { serves: code, .. } => DivisionCode::parse(code),
        // Who is there for a course sees no part of the tree by that.
        Place::Course { .. } | Place::Own { .. } => None,
    }
}
