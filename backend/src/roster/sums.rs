//! How far the survey is, part by part, for those who answer for the numbers.

use super::list::{all_in, counts};
use crate::{
    access::{Actor, Scope, actions, authorize_where_held},
    exports::{self, Cell, Filter, List},
    organisation::{self, Surroundings},
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Query, Routes},
        words::word,
    },
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json},
};
use serde::Deserialize;
use shared::{
    organisation::DivisionCode,
    page::Page,
    problem::{Problem, ProblemCode},
    rights::Right,
    roster::{SurveyPart, SurveyProgress, SurveySums, survey_parts},
};

/// Which list it is.
const LIST: &str = "roster_sums";
/// Its columns; the figures in the order of [`SurveySums::figures`].
const COLUMNS: [&str; 12] = [
    "division",
    "survey_persons",
    "survey_unasked",
    "survey_unreachable",
    "survey_willing",
    "survey_undecided",
    "survey_unwilling",
    "survey_enrolled",
    "survey_studying",
    "survey_completed",
    "survey_left_out",
    "survey_pct",
];

actions! {
    /// Take the figures of a survey away as a file.
    ExportSums(&'static str) = ReadRoster;
}

/// Whose parts are counted.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct SumsQuery {
    /// The division; without it the smallest around all places of the reader.
    #[param(value_type = Option<String>)]
    division: Option<DivisionCode>,
}

/// Adds these routes.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(sum_roster).service(export_roster_sums);
}

/// How far the survey is in each part of a division: how many persons are listed, were asked, want to learn, and do.
#[utoipa::path(tag = "roster", params(SumsQuery), responses(
    (status = 200, body = SurveyProgress), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[get("/roster/sums")]
async fn sum_roster(actor: Actor, cx: Data<Services>, query: Query<SumsQuery>) -> AppResult<Json<SurveyProgress>> {
    Ok(Json(progress(&cx, &actor, query.division).await?))
}

/// The same as a file (.xlsx). A POST, because who took it is audited.
#[utoipa::path(tag = "roster", params(SumsQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/roster/sums/exports")]
async fn export_roster_sums(actor: Actor, cx: Data<Services>, query: Query<SumsQuery>) -> AppResult<HttpResponse> {
    export(&cx, &actor, query.division).await
}

/// How far the parts of a division are, as far as the actor answers for them.
///
/// # Errors
/// `forbidden` if the actor reads no roster; the parameter that names no division.
async fn progress(cx: &Services, actor: &Actor, division: Option<DivisionCode>) -> AppResult<SurveyProgress> {
    let roots = Scope::of(actor, Right::ReadRoster)?.roots();
    let here = division.or_else(|| around(&roots)).ok_or(AppError::Problem(ProblemCode::Forbidden))?;
    if !is_near(&roots, here) {
        return Err(AppError::field("/division", "not-found"));
    }
    let found = organisation::surroundings(cx, here).await;
    let Surroundings { way, mut parts } = found.map_err(|error| error.at_field("/division"))?;
    parts.retain(|part| DivisionCode::parse(&part.code).is_some_and(|code| is_near(&roots, code)));
    let counts = counts(cx, actor, &all_in(here)).await?;
    let whole = way.last().ok_or_else(AppError::not_found)?;
    Ok(SurveyProgress { parts: survey_parts(whole, &parts, &counts), way })
}

/// The smallest division around all of these.
fn around(roots: &[DivisionCode]) -> Option<DivisionCode> {
    let first = roots.first()?;
    first.and_above().find(|code| roots.iter().all(|root| code.contains(root)))
}

/// Whether one of these lies in a division, or around it.
fn is_near(roots: &[DivisionCode], code: DivisionCode) -> bool {
    roots.iter().any(|root| root.contains(&code) || code.contains(root))
}

/// The parts and what they make together, as a file.
///
/// # Errors
/// Those of [`progress`], and `too-many`.
async fn export(cx: &Services, actor: &Actor, division: Option<DivisionCode>) -> AppResult<HttpResponse> {
    let permit = authorize_where_held::<ExportSums>(actor, LIST)?;
    let asked = exports::division(cx, division.as_ref().map(DivisionCode::as_str)).await?;
    let list = List::new(LIST, &COLUMNS, Filter::default().and("division", asked));
    exports::take(cx, &permit, list, async |_| {
        let SurveyProgress { parts, .. } = progress(cx, actor, division).await?;
        let together = parts.iter().filter_map(|part| part.sums).fold(SurveySums::default(), SurveySums::and);
        let rows = parts.into_iter().map(|SurveyPart { division, sums }| row(division.name, sums.unwrap_or_default()));
        let items = rows.chain([row(word("exports.together").to_owned(), together)]).collect();
        Ok(Page { items, next_cursor: None })
    })
    .await
}

fn row(name: String, sums: SurveySums) -> Vec<Cell> {
    let number = |figure: u64| i64::try_from(figure).map_or(Cell::Empty, Cell::Number);
    let figures = sums.figures().into_iter().map(number);
    [Cell::from(name)].into_iter().chain(figures).chain([sums.surveyed_pct().map_or(Cell::Empty, number)]).collect()
}
