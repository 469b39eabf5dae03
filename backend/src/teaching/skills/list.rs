//! What schools recorded of anybody's skills, and how much of it waits to be checked.

use super::{SEES, certificates, trainings};
use crate::{
    access::{Actor, Scope, lies_in},
    identity, learning, organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
    teaching::{
        entity::{skill_certificate, skill_training},
        store, views,
    },
};
use sea_orm::{ColumnTrait, Condition};
use serde::Deserialize;
use shared::{
    ids::{AccountId, ClassId, ProviderId},
    organisation::DivisionCode,
    page::{MAX_PAGE_ROWS, Page, PageQuery},
    problem::ProblemCode,
    rights::Right,
    teaching::{SkillCertificateRow, SkillState, SkillTrainingRow},
};
use std::collections::{BTreeSet, HashMap};

/// Which records are listed.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
pub(in crate::teaching) struct SkillQuery {
    /// The division that the school lies in, at any level.
    #[param(value_type = Option<String>)]
    pub(super) division: Option<DivisionCode>,
    /// The school that recorded them.
    pub(super) provider_id: Option<ProviderId>,
    /// The class that their learners are in.
    pub(super) class_id: Option<ClassId>,
    /// Where they stand.
    pub(super) state: Option<SkillState>,
    /// Only those that wait for the actor to check them.
    #[serde(default)]
    pub(super) waits: bool,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

impl SkillQuery {
    /// The same records, from a cursor on, as many as one page has.
    pub(super) fn from(&self, cursor: Option<String>) -> Self {
        Self { cursor, limit: Some(MAX_PAGE_ROWS), ..self.clone() }
    }

    /// What is asked for of a table with these columns, as far as the actor may see it.
    async fn within<C: ColumnTrait>(&self, cx: &Services, actor: &Actor, columns: Columns<C>) -> AppResult<Condition> {
        let within = match self.waits {
            true => to_check(actor, columns)?,
            false => readable(actor, &SEES, (columns.division, columns.provider))?,
        };
        let within = within
            .add_option(self.division.map(|code| lies_in(columns.division, code)))
            .add_option(self.provider_id.map(|id| columns.provider.eq(id)))
            .add_option(self.state.map(|state| columns.state.eq(state.as_str())));
        let Some(id) = self.class_id else { return Ok(within) };
        views::see_class(cx, actor, id).await.map_err(|error| error.at_field("/class_id"))?;
        let learners = learning::learners_of(cx, id).await?;
        Ok(within.add(columns.learner.is_in(learners)))
    }
}

/// What both tables are narrowed down by.
#[derive(Clone, Copy)]
struct Columns<C> {
    learner: C,
    provider: C,
    division: C,
    state: C,
    recorded_by: C,
    checked_by: C,
}

/// Of the table of trainings.
const TRAINING: Columns<skill_training::Column> = Columns {
    learner: skill_training::Column::LearnerId,
    provider: skill_training::Column::ProviderId,
    division: skill_training::Column::Division,
    state: skill_training::Column::State,
    recorded_by: skill_training::Column::RecordedBy,
    checked_by: skill_training::Column::CheckedBy,
};

/// Of the table of certificates.
const CERTIFICATE: Columns<skill_certificate::Column> = Columns {
    learner: skill_certificate::Column::LearnerId,
    provider: skill_certificate::Column::ProviderId,
    division: skill_certificate::Column::Division,
    state: skill_certificate::Column::State,
    recorded_by: skill_certificate::Column::RecordedBy,
    checked_by: skill_certificate::Column::CheckedBy,
};

/// What waits for the actor to check it: nobody has, or one other did.
fn to_check<C: ColumnTrait>(actor: &Actor, columns: Columns<C>) -> AppResult<Condition> {
    let me = actor.account_id;
    let not_mine = Condition::any().add(columns.checked_by.is_null()).add(columns.checked_by.ne(me));
    let states = SkillState::ALL.iter().filter(|state| state.is_to_check()).map(|state| state.as_str());
    Ok(readable(actor, &[Right::CheckSkills], (columns.division, columns.provider))?
        .add(columns.state.is_in(states))
        .add(columns.recorded_by.ne(me))
        .add(not_mine))
}

/// Names of learners and of schools.
struct Names {
    learners: HashMap<AccountId, String>,
    schools: HashMap<ProviderId, String>,
}

impl Names {
    async fn of(cx: &Services, whose: &[(AccountId, ProviderId)]) -> AppResult<Self> {
        let learners: BTreeSet<_> = whose.iter().map(|(learner, _)| *learner).collect();
        let schools: BTreeSet<_> = whose.iter().map(|(_, school)| *school).collect();
        Ok(Self {
            learners: identity::names_of(cx, &learners.into_iter().collect::<Vec<_>>()).await?,
            schools: organisation::provider_names(cx, schools).await?,
        })
    }

    fn both(&self, learner: AccountId, school: ProviderId) -> (String, String) {
        let learner = self.learners.get(&learner).cloned().unwrap_or_default();
        (learner, self.schools.get(&school).cloned().unwrap_or_default())
    }
}

/// One page of the trainings that the actor may see.
pub(in crate::teaching) async fn trainings(
    cx: &Services,
    actor: &Actor,
    query: SkillQuery,
) -> AppResult<Page<SkillTrainingRow>> {
    let within = query.within(cx, actor, TRAINING).await?;
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let rows = store::list_trainings_within(cx.db.read(), within, decode_cursor(&of_page)?, of_page.rows() + 1).await?;
    let found = page(rows, &of_page, |row| row.id);
    let whose: Vec<_> = found.items.iter().map(|row| (row.learner_id, row.provider_id)).collect();
    let names = Names::of(cx, &whose).await?;
    let row = |row: skill_training::Model| {
        let (display_name, school_name) = names.both(row.learner_id, row.provider_id);
        Ok(SkillTrainingRow { display_name, school_name, training: trainings::view(row)? })
    };
    let items = found.items.into_iter().map(row).collect::<AppResult<_>>()?;
    Ok(Page { items, next_cursor: found.next_cursor })
}

/// One page of the certificates that the actor may see.
pub(in crate::teaching) async fn certificates(
    cx: &Services,
    actor: &Actor,
    query: SkillQuery,
) -> AppResult<Page<SkillCertificateRow>> {
    let within = query.within(cx, actor, CERTIFICATE).await?;
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let rows =
        store::list_certificates_within(cx.db.read(), within, decode_cursor(&of_page)?, of_page.rows() + 1).await?;
    let found = page(rows, &of_page, |row| row.id);
    let whose: Vec<_> = found.items.iter().map(|row| (row.learner_id, row.provider_id)).collect();
    let names = Names::of(cx, &whose).await?;
    let row = |row: skill_certificate::Model| {
        let (display_name, school_name) = names.both(row.learner_id, row.provider_id);
        Ok(SkillCertificateRow { display_name, school_name, certificate: certificates::view(cx, row)? })
    };
    let items = found.items.into_iter().map(row).collect::<AppResult<_>>()?;
    Ok(Page { items, next_cursor: found.next_cursor })
}

/// How many trainings and certificates wait for the actor to check them.
///
/// # Errors
/// If the store fails.
pub(in crate::teaching) async fn count_to_check(cx: &Services, actor: &Actor) -> AppResult<(u64, u64)> {
    let trainings = store::count_trainings(cx.db.read(), to_check(actor, TRAINING)?).await?;
    Ok((trainings, store::count_certificates(cx.db.read(), to_check(actor, CERTIFICATE)?).await?))
}

/// What lies where the actor has any of these rights.
///
/// # Errors
/// `forbidden` if that is nowhere.
fn readable<C: ColumnTrait>(actor: &Actor, rights: &[Right], (division, provider): (C, C)) -> AppResult<Condition> {
    let scopes: Vec<_> = rights.iter().filter_map(|right| Scope::above_classes(actor, *right).ok()).collect();
    if scopes.is_empty() {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let any = scopes.iter().fold(Condition::any(), |any, scope| any.add(scope.within(division, Some(provider))));
    Ok(Condition::all().add(any))
}
