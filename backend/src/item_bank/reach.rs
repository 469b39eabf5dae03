//! Whose items somebody may write, review and see: those of every course, or of the courses that their roles are held at.

use super::{entity::item, store};
use crate::{
    access::Actor,
    organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use sea_orm::{ColumnTrait, Condition};
use shared::{
    ids::{CourseId, ItemId},
    problem::ProblemCode,
    rights::{self, Place, Right},
};

/// The courses on whose items somebody may use a right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Every one.
    All,
    /// These; perhaps none.
    Courses(Vec<CourseId>),
}

impl Reach {
    pub(super) fn of(actor: &Actor, right: Right) -> Self {
        if actor.has_any(&[right], &organisation::catalogue()) {
            return Self::All;
        }
        let course = |place: &Place| if let Place::Course { id, .. } = place { Some(*id) } else { None };
        Self::Courses(rights::places(&actor.roles, right).filter_map(course).collect())
    }

    /// Whether it is none.
    pub(super) fn is_nowhere(&self) -> bool {
        matches!(self, Self::Courses(courses) if courses.is_empty())
    }

    pub(super) fn has(&self, course: CourseId) -> bool {
        match self {
            Self::All => true,
            Self::Courses(courses) => courses.contains(&course),
        }
    }

    /// The items of these courses that fulfil `items`.
    pub(super) fn narrow(&self, items: Condition) -> Condition {
        match self {
            Self::All => items,
            Self::Courses(courses) => {
                Condition::all().add(items).add(item::Column::CourseId.is_in(courses.iter().copied()))
            }
        }
    }
}

/// Where an item lies, for who has one of these rights there. To who has one for other courses alone, it is as if it were
/// not.
///
/// # Errors
/// `forbidden` for who has none of them anywhere, whatever there is; `not-found`.
pub(super) async fn place_of(cx: &Services, actor: &Actor, id: ItemId, wanted: &[Right]) -> AppResult<Place> {
    if wanted.iter().all(|right| Reach::of(actor, *right).is_nowhere()) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let item = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let place = organisation::catalogue_of(item.course_id);
    if actor.has_any(wanted, &place) { Ok(place) } else { Err(AppError::not_found()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{
        ids::{AccountId, LoginId},
        rights::{Role, RoleAt},
    };
    use uuid::Uuid;

    const CHINESE: CourseId = CourseId(Uuid::from_u128(1));
    const HISTORY: CourseId = CourseId(Uuid::from_u128(2));

    fn actor(places: &[Place]) -> Actor {
        Actor {
            account_id: AccountId(Uuid::from_u128(3)),
            login_id: LoginId(Uuid::from_u128(4)),
            roles: places.iter().map(|place| RoleAt { role: Role::ItemAuthor, place: place.clone() }).collect(),
            request_id: String::new(),
        }
    }

    #[test]
    fn a_role_of_courses_reaches_these_and_one_of_the_catalogue_all() {
        let written = |places: &[Place]| Reach::of(&actor(places), Right::AuthorItem);
        let of_chinese = written(&[organisation::catalogue_of(CHINESE)]);
        assert_eq!(of_chinese, Reach::Courses(vec![CHINESE]));
        assert!(of_chinese.has(CHINESE) && !of_chinese.has(HISTORY) && !of_chinese.is_nowhere());
        let both = written(&[organisation::catalogue_of(CHINESE), organisation::catalogue()]);
        assert!(both == Reach::All && both.has(HISTORY));
        assert!(written(&[Place::division("3305")]).is_nowhere(), "the catalogue is the province's");
        assert!(Reach::of(&actor(&[organisation::catalogue_of(CHINESE)]), Right::ReadItem).is_nowhere());
    }
}
