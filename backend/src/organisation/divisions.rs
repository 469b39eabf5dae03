//! The tree of divisions, and how much lies in each.

use super::{
    division_changes,
    entity::{division, exam_site, provider, service_point, teaching_point},
    places::Names,
    store,
};
use crate::{
    access::{Actor, JobName, Permit, Scope, actions},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use jiff::civil::Date;
use sea_orm::ConnectionTrait;
use shared::{
    organisation::{Division, DivisionCode, DivisionRow, DivisionView, Gazetteer, PlaceCounts},
    rights::Right,
    time::read_date,
};
use std::collections::{HashMap, HashSet};

/// All divisions of Zhejiang, the townships as of 2023: `code,name`.
const FILE: &str = include_str!("divisions.csv");

actions! {
    /// Bring the list of divisions up to date.
    LoadDivisions(&'static str) = LoadDivisions;
}

/// Brings the list of divisions up to date: new ones are added, renamed ones get their new name, and
/// one that is no more stays, because people and papers name it. What the province has changed stays as it says.
///
/// # Errors
/// If the store fails.
pub async fn load_divisions(cx: &Services) -> AppResult<()> {
    let known = store::list_all_divisions(cx.db.read()).await?;
    let known: HashMap<_, _> = known.into_iter().map(|row| (row.code, row.name)).collect();
    let changed = store::list_changed_divisions(cx.db.read()).await?;
    let is_new = |row: &division::Model| known.get(&row.code) != Some(&row.name) && !changed.contains(&row.code);
    let news: Vec<_> = divisions()?.filter(is_new).collect();
    if news.is_empty() {
        return Ok(());
    }
    let permit = Permit::<LoadDivisions>::for_job(JobName::LoadDivisions, "divisions");
    cx.db
        .write(&permit, async |tx| {
            store::upsert_divisions(tx.conn(), &news).await?;
            tx.note("divisions", news.len());
            Ok(())
        })
        .await
}

/// Whether there is a division with these significant digits that is not gone.
///
/// # Errors
/// If the store fails.
pub async fn has_division(cx: &Services, code: &str) -> AppResult<bool> {
    let Some(code) = DivisionCode::parse(code) else { return Ok(false) };
    Ok(store::find_standing_division(cx.db.read(), code).await?.is_some())
}

/// Whether there is a division with these significant digits that is not gone, and it has no parts: a township, or what
/// a county without townships has instead.
///
/// # Errors
/// If the store fails.
pub async fn is_innermost(cx: &Services, code: &str) -> AppResult<bool> {
    let Some(code) = DivisionCode::parse(code) else { return Ok(false) };
    let conn = cx.db.read();
    let is_there = store::find_standing_division(conn, code).await?.is_some();
    Ok(is_there && store::list_standing_parts(conn, code).await?.is_empty())
}

/// All divisions that are not gone, by every name that they are called.
///
/// # Errors
/// If the store fails.
pub async fn gazetteer(cx: &Services) -> AppResult<Gazetteer> {
    let rows = store::list_all_divisions(cx.db.read()).await?;
    let standing = rows.iter().filter(|row| row.abolished_on.is_none());
    let divisions = standing.map(|row| Ok(from_row(row)?.1)).collect::<AppResult<Vec<_>>>()?;
    Ok(Gazetteer::new(&divisions))
}

/// Divisions in words, each after what it lies in; one that we do not know, by its code.
///
/// # Errors
/// If the store fails.
pub async fn division_names<'a>(
    cx: &Services,
    codes: impl Iterator<Item = &'a str>,
) -> AppResult<HashMap<String, String>> {
    let codes: HashSet<&str> = codes.collect();
    let names = Names::of(cx, codes.iter().copied()).await?;
    let name = |code: &str| {
        let known = DivisionCode::parse(code).map(|code| names.whole(code)).filter(|name| !name.is_empty());
        (code.to_owned(), known.unwrap_or_else(|| code.to_owned()))
    };
    Ok(codes.into_iter().map(name).collect())
}

/// A division among the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// What it lies in, the largest first, and itself.
    pub way: Vec<Division>,
    /// What it is made of and is not gone, by code.
    pub parts: Vec<Division>,
}

/// What lies around and in a division. Divisions are public; what lies in them is not told here.
///
/// # Errors
/// `not-found` if there is none with this code.
pub async fn surroundings(cx: &Services, code: DivisionCode) -> AppResult<Surroundings> {
    let conn = cx.db.read();
    let named = |rows: Vec<division::Model>| rows.iter().map(|row| Ok(from_row(row)?.1)).collect::<AppResult<Vec<_>>>();
    let way = named(store::list_divisions(conn, &code.and_above().collect::<Vec<_>>()).await?)?;
    if way.last().is_none_or(|last| last.code != code.as_str()) {
        return Err(AppError::not_found());
    }
    Ok(Surroundings { way, parts: named(store::list_standing_parts(conn, code).await?)? })
}

/// The divisions of the file.
fn divisions() -> AppResult<impl Iterator<Item = division::Model>> {
    let row = |line: &str| {
        let (code, name) = line.split_once(',')?;
        Some(to_row(Division::new(DivisionCode::parse(code)?, name)))
    };
    let wrong = |line: &str| AppError::internal(format!("{line}: no division"));
    let rows: Vec<_> =
        FILE.lines().skip(1).map(|line| row(line).ok_or_else(|| wrong(line))).collect::<AppResult<_>>()?;
    Ok(rows.into_iter())
}

pub(super) fn to_row(division: Division) -> division::Model {
    let Division { code, name, level, parent } = division;
    division::Model { code, name, level: level.as_str().to_owned(), parent, abolished_on: None }
}

fn from_row(row: &division::Model) -> AppResult<(DivisionCode, Division)> {
    let code = DivisionCode::parse(&row.code).ok_or_else(|| AppError::internal("a division without a code"))?;
    Ok((code, Division::new(code, &row.name)))
}

/// The parts of a division, or where the actor's part of the tree begins, each with its counts.
pub(super) async fn list(cx: &Services, actor: &Actor, parent: Option<DivisionCode>) -> AppResult<Vec<DivisionRow>> {
    let scope = Scope::of(actor, Right::ReadOrganisation)?;
    let rows = match parent {
        None => store::list_divisions(cx.db.read(), &scope.roots()).await?,
        Some(parent) => {
            let parent = seen(cx, &scope, parent).await?;
            store::list_parts(cx.db.read(), parent).await?
        }
    };
    let parts = rows.iter().map(|row| Ok((from_row(row)?, gone_on(row)))).collect::<AppResult<Vec<_>>>()?;
    let whole = match parent {
        Some(parent) => counts(cx, &scope, &[parent]).await?,
        None => counts(cx, &scope, &scope.roots()).await?,
    };
    let row = |((code, division), abolished_on): ((DivisionCode, Division), Option<Date>)| DivisionRow {
        division,
        abolished_on,
        counts: sum(&whole, code),
    };
    Ok(parts.into_iter().map(row).collect())
}

/// One division, what it lies in, and its counts.
pub(super) async fn get(cx: &Services, actor: &Actor, code: &str) -> AppResult<DivisionView> {
    let scope = Scope::of(actor, Right::ReadOrganisation)?;
    let code = DivisionCode::parse(code).ok_or_else(AppError::not_found)?;
    let code = seen(cx, &scope, code).await?;
    let path: Vec<_> = code.and_above().collect();
    let rows = store::list_divisions(cx.db.read(), &path).await?;
    let abolished_on = rows.last().and_then(gone_on);
    let mut path = rows.iter().map(|row| Ok(from_row(row)?.1)).collect::<AppResult<Vec<_>>>()?;
    let division = path.pop().ok_or_else(AppError::not_found)?;
    let counts = sum(&counts(cx, &scope, &[code]).await?, code);
    let changes = division_changes::changes(cx, code).await?;
    Ok(DivisionView { division, above: path, counts, abolished_on, changes })
}

/// A division, if there is such a one in the actor's part of the tree, or in the county around it: a
/// township names its neighbours when somebody moves there. What lies in them it neither sees nor counts.
async fn seen(cx: &Services, scope: &Scope, code: DivisionCode) -> AppResult<DivisionCode> {
    let is_around = scope.roots().iter().filter_map(|root| root.county()).any(|county| county.contains(&code));
    let is_known = is_around || scope.shows(code);
    let is_there = is_known && store::find_division(cx.db.read(), code).await?.is_some();
    if is_there { Ok(code) } else { Err(AppError::not_found()) }
}

/// The day from which on a division is no more.
fn gone_on(row: &division::Model) -> Option<Date> {
    row.abolished_on.as_deref().and_then(read_date)
}

/// How many places are open in a division, whoever may see them.
pub(super) async fn open_in(conn: &impl ConnectionTrait, code: DivisionCode) -> AppResult<u32> {
    let found = [
        store::count_open_in::<provider::Entity>(conn, code).await?,
        store::count_open_in::<teaching_point::Entity>(conn, code).await?,
        store::count_open_in::<service_point::Entity>(conn, code).await?,
        store::count_open_in::<exam_site::Entity>(conn, code).await?,
    ];
    u32::try_from(found.iter().sum::<i64>()).map_err(AppError::internal)
}

/// What is open in each division in or below these.
async fn counts(cx: &Services, scope: &Scope, codes: &[DivisionCode]) -> AppResult<HashMap<DivisionCode, PlaceCounts>> {
    let mut counts: HashMap<DivisionCode, PlaceCounts> = HashMap::new();
    let mut add = |found: Vec<(String, i64)>, field: fn(&mut PlaceCounts) -> &mut u32| {
        for (code, open) in found {
            if let Some(code) = DivisionCode::parse(&code) {
                *field(counts.entry(code).or_default()) += u32::try_from(open).unwrap_or_default();
            }
        }
    };
    let conn = cx.db.read();
    for code in codes {
        add(store::count_open::<provider::Entity>(conn, scope, *code).await?, |counts| &mut counts.providers);
        add(store::count_open::<teaching_point::Entity>(conn, scope, *code).await?, |counts| {
            &mut counts.teaching_points
        });
        add(store::count_open::<service_point::Entity>(conn, scope, *code).await?, |counts| &mut counts.service_points);
        add(store::count_open::<exam_site::Entity>(conn, scope, *code).await?, |counts| &mut counts.exam_sites);
    }
    Ok(counts)
}

/// What is open in a division, over everything that it is made of.
fn sum(counts: &HashMap<DivisionCode, PlaceCounts>, whole: DivisionCode) -> PlaceCounts {
    let inside = counts.iter().filter(|(code, _)| whole.contains(code));
    inside.fold(PlaceCounts::default(), |sum, (_, more)| PlaceCounts {
        providers: sum.providers + more.providers,
        teaching_points: sum.teaching_points + more.teaching_points,
        service_points: sum.service_points + more.service_points,
        exam_sites: sum.exam_sites + more.exam_sites,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::organisation::DivisionLevel;

    #[test]
    fn the_file_holds_the_whole_province() {
        let rows: Vec<_> = divisions().unwrap_or_else(|error| panic!("{error}")).collect();
        let count = |level: DivisionLevel| rows.iter().filter(|row| row.level == level.as_str()).count();
        let counts = [DivisionLevel::Province, DivisionLevel::City, DivisionLevel::County, DivisionLevel::Township];
        assert_eq!(counts.map(count), [1, 11, 90, 1_387]);
        for row in &rows {
            assert!(
                !row.name.is_empty() && row.parent.iter().all(|parent| rows.iter().any(|above| above.code == *parent))
            );
        }
    }
}
