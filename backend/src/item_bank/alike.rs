//! What items are found by, kept beside the newest version of each; and which of them are alike.

use super::{
    content,
    entity::{item, item_alike, item_band, item_text},
    frozen,
    reach::Reach,
    store, views,
};
use crate::{
    access::{Actor, JobName, Permit, actions},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        jobs::{Run, Step, Work},
    },
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use shared::{
    ids::{AccountId, CourseId, ItemId},
    item_bank::{
        ALIKE_FROM, ALIKE_RULE, AlikeImport, AlikeItem, ComparedText, Item, ItemImportReport, alike_bands,
        searched_text,
    },
    rights::Right,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Items that have no text, or one by older rules, ask for it.
pub const ITEMS_WITHOUT_TEXT: &str = "items.without_text";
/// Items that one is compared with at most, the newest of those that share a band: a thousand times the same item is
/// told of all the same.
const COMPARED: usize = 50;
/// Items that one is told to be alike with at most.
const TOLD: usize = 20;
/// Items that get their texts in one run of the job.
pub const TEXTS_AT_A_TIME: u64 = 100;

actions! {
    /// Keep what the items of a course are found by.
    KeepTexts(CourseId) = AuthorItem;
}

/// What two items have in common: the other, and how much in thousandths.
type Alike = (ItemId, u16);

/// Whether the words of items are kept beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// Whoever reads items may find them.
    Kept,
    /// A sealed paper holds an earlier version, and the new one may ask the same.
    Withheld,
}

/// Keeps within a write what new versions of items of a course are found by, and with which items in use they are
/// alike. Of two that come in at the very same moment neither may know of the other yet.
pub(super) async fn keep_texts(
    cx: &Services,
    tx: &Tx,
    (course_id, words): (CourseId, Words),
    items: &[(ItemId, &Item)],
) -> AppResult<()> {
    let conn = tx.conn();
    let ids: Vec<_> = items.iter().map(|(id, _)| *id).collect();
    let texts: Vec<_> = items.iter().map(|(_, item)| searched_text(item)).collect();
    let open = ids.iter().zip(&texts).filter(|_| words == Words::Kept);
    let rows: Vec<_> = open.map(|(id, text)| text_row(*id, text)).collect();
    let bands = ids.iter().zip(&texts).flat_map(|(id, text)| bands_of(course_id, *id, text));
    let bands: Vec<_> = bands.collect();
    store::forget_texts(conn, &ids).await?;
    store::insert_texts(conn, &rows, &bands).await?;
    let alike = alike_with((cx, conn), course_id, &texts).await?;
    let retired = retired_of(conn, &ids, &alike).await?;
    let mut pairs = Vec::new();
    for (id, found) in ids.iter().zip(alike) {
        if retired.contains(id) {
            continue;
        }
        let in_use = found.into_iter().filter(|(other, _)| other != id && !retired.contains(other)).take(TOLD);
        pairs.extend(in_use.flat_map(|(other, share)| [pair(*id, other, share), pair(other, *id, share)]));
    }
    store::insert_alike(conn, &pairs).await
}

fn text_row(item_id: ItemId, text: &str) -> item_text::Model {
    item_text::Model { item_id, rule: ALIKE_RULE, text: text.to_owned() }
}

fn bands_of(course_id: CourseId, item_id: ItemId, text: &str) -> Vec<item_band::Model> {
    alike_bands(text).into_iter().map(|band| item_band::Model { course_id, band, item_id }).collect()
}

fn pair(item_id: ItemId, other_id: ItemId, resemblance: u16) -> item_alike::Model {
    item_alike::Model { item_id, other_id, resemblance: i32::from(resemblance) }
}

/// For each text the items of a course that are alike, the most alike first, also those that were retired.
async fn alike_with(
    (cx, conn): (&Services, &impl ConnectionTrait),
    course_id: CourseId,
    texts: &[String],
) -> AppResult<Vec<Vec<Alike>>> {
    let bands: Vec<Vec<i64>> = texts.iter().map(|text| alike_bands(text)).collect();
    let asked: BTreeSet<i64> = bands.iter().flatten().copied().collect();
    let of_bands = store::list_of_bands(conn, (course_id, COMPARED), &asked.into_iter().collect::<Vec<_>>()).await?;
    let compared: Vec<BTreeSet<ItemId>> = bands.iter().map(|bands| newest_of(&of_bands, bands)).collect();
    let others: BTreeSet<ItemId> = compared.iter().flatten().copied().collect();
    let others = texts_of((cx, conn), &others.into_iter().collect::<Vec<_>>()).await?;
    // Each text is taken apart once, whatever it is held against: all of this may be within a write.
    let others: HashMap<ItemId, ComparedText> =
        others.into_iter().map(|(id, text)| (id, ComparedText::of(&text))).collect();
    let found = texts.iter().zip(compared).map(|(text, compared)| {
        let own = ComparedText::of(text);
        let shares = compared.into_iter().filter_map(|id| Some((id, own.resemblance(others.get(&id)?))));
        let mut alike: Vec<Alike> = shares.filter(|(_, share)| *share >= ALIKE_FROM).collect();
        alike.sort_by_key(|(id, share)| (std::cmp::Reverse(*share), *id));
        alike
    });
    Ok(found.collect())
}

/// The texts of items that have bands. Those of items in sealed papers are not kept, and are made of what these ask.
async fn texts_of(
    (cx, conn): (&Services, &impl ConnectionTrait),
    ids: &[ItemId],
) -> AppResult<HashMap<ItemId, String>> {
    let mut texts = store::list_texts(conn, ids).await?;
    let without: Vec<_> = ids.iter().filter(|id| !texts.contains_key(*id)).copied().collect();
    for version in store::list_versions(conn, &without).await? {
        texts.insert(version.item_id, searched_text(&content::open(cx, &version)?));
    }
    Ok(texts)
}

/// The newest items that have one of these bands.
fn newest_of(of_bands: &HashMap<i64, Vec<ItemId>>, bands: &[i64]) -> BTreeSet<ItemId> {
    let all: BTreeSet<ItemId> = bands.iter().filter_map(|band| of_bands.get(band)).flatten().copied().collect();
    all.into_iter().rev().take(COMPARED).collect()
}

/// Which of these items, and of those that are alike with them, were retired. An item need not be among the newest that it
/// is compared with.
async fn retired_of(conn: &impl ConnectionTrait, own: &[ItemId], alike: &[Vec<Alike>]) -> AppResult<BTreeSet<ItemId>> {
    let others = alike.iter().flatten().map(|(id, _)| *id);
    let ids: BTreeSet<ItemId> = own.iter().copied().chain(others).collect();
    let rows = store::list(conn, &ids.into_iter().collect::<Vec<_>>()).await?;
    Ok(rows.into_iter().filter(|row| row.retired_at.is_some()).map(|row| row.id).collect())
}

/// Adds to a report which of the items that were read are alike with others in the text and in the bank. Who only
/// writes items learns of others' that there are such, and not which.
///
/// # Errors
/// If the store fails.
pub(super) async fn tell(
    cx: &Services,
    actor: &Actor,
    course_id: CourseId,
    report: &mut ItemImportReport,
) -> AppResult<()> {
    let texts: Vec<_> = report.items.iter().map(searched_text).collect();
    let own: BTreeSet<_> = report.stored.iter().copied().collect();
    let in_bank = alike_with((cx, cx.db.read()), course_id, &texts).await?.into_iter();
    let in_bank = in_bank.map(|found| found.into_iter().filter(|(id, _)| !own.contains(id)).take(TOLD).collect());
    let in_bank: Vec<Vec<Alike>> = in_bank.collect();
    let known = Known::of(cx, actor, in_bank.iter().flatten().map(|(id, _)| *id)).await?;
    for (place, found) in (0..).zip(&in_bank) {
        let others = found.iter().filter_map(|alike| known.told(alike));
        report.alike.extend(others.map(|other| AlikeImport { place, other_place: None, other: Some(other) }));
    }
    report.alike.extend(within(&texts));
    Ok(())
}

/// Which items of one text are alike with an earlier one of it.
fn within(texts: &[String]) -> Vec<AlikeImport> {
    let mut of_bands: HashMap<i64, Vec<u32>> = HashMap::new();
    let mut found = Vec::new();
    let compared: Vec<ComparedText> = texts.iter().map(|text| ComparedText::of(text)).collect();
    for ((place, text), own) in (0_u32..).zip(texts).zip(&compared) {
        let bands = alike_bands(text);
        let earlier: BTreeSet<u32> = bands.iter().filter_map(|band| of_bands.get(band)).flatten().copied().collect();
        let is_alike = |other: &u32| {
            let other = usize::try_from(*other).ok().and_then(|other| compared.get(other));
            other.is_some_and(|other| own.resemblance(other) >= ALIKE_FROM)
        };
        let first = earlier.into_iter().take(COMPARED).find(is_alike);
        found.extend(first.map(|other| AlikeImport { place, other_place: Some(other), other: None }));
        for band in bands {
            of_bands.entry(band).or_default().push(place);
        }
    }
    found
}

/// The items that are alike with one, the most alike first. Who only writes items asks of their own.
///
/// # Errors
/// `forbidden`, or `not-found` if there is none or it is not the author's.
pub(super) async fn list(cx: &Services, actor: &Actor, id: ItemId) -> AppResult<Vec<AlikeItem>> {
    views::may_know(cx, actor, id).await?;
    let found = store::list_alike(cx.db.read(), &[id]).await?;
    let known = Known::of(cx, actor, found.iter().map(|row| row.other_id)).await?;
    let share = |row: &item_alike::Model| u16::try_from(row.resemblance).map_err(AppError::internal);
    let found = found.iter().map(|row| Ok((row.other_id, share(row)?))).collect::<AppResult<Vec<Alike>>>()?;
    Ok(found.iter().filter_map(|alike| known.told(alike)).collect())
}

/// Items that are alike with others, as an actor may know of them.
struct Known {
    items: HashMap<ItemId, item::Model>,
    titles: HashMap<ItemId, String>,
    read: Reach,
    written: Reach,
    reader: AccountId,
}

impl Known {
    async fn of(cx: &Services, actor: &Actor, ids: impl Iterator<Item = ItemId>) -> AppResult<Self> {
        let ids: Vec<_> = ids.collect::<BTreeSet<_>>().into_iter().collect();
        let items = store::list(cx.db.read(), &ids).await?;
        let titles = frozen::shown_titles(cx, cx.db.read(), Some(actor.account_id), &items).await?;
        Ok(Self {
            items: items.into_iter().map(|row| (row.id, row)).collect(),
            titles,
            read: Reach::of(actor, Right::ReadItem),
            written: Reach::of(actor, Right::AuthorItem),
            reader: actor.account_id,
        })
    }

    fn told(&self, (id, share): &Alike) -> Option<AlikeItem> {
        let (item, title) = (self.items.get(id)?, self.titles.get(id)?);
        let is_own = item.created_by == self.reader && self.written.has(item.course_id);
        let is_told = self.read.has(item.course_id) || is_own;
        Some(AlikeItem {
            item_id: is_told.then_some(*id),
            title: if is_told { title.clone() } else { String::new() },
            // Who tried one wording after the other would find out the words of an item that they may not see.
            resemblance: if is_told { *share } else { ALIKE_FROM },
            is_retired: item.retired_at.is_some(),
        })
    }
}

/// Makes what items are found by that came in before it was kept, or by older rules.
pub struct MakeTexts;

/// What [`MakeTexts`] is about: the payload of [`ITEMS_WITHOUT_TEXT`].
#[derive(Serialize, Deserialize)]
pub struct AllItems {}

impl Work for MakeTexts {
    type Input = AllItems;
    const KIND: &'static str = "make_item_texts";

    async fn run(cx: Services, _: Run, _: AllItems) -> AppResult<Step> {
        let without = store::list_without_text(cx.db.read(), ALIKE_RULE, TEXTS_AT_A_TIME).await?;
        let is_last = (without.len() as u64) < TEXTS_AT_A_TIME;
        let mut of_courses: BTreeMap<CourseId, Vec<ItemId>> = BTreeMap::new();
        for (id, course_id) in without {
            of_courses.entry(course_id).or_default().push(id);
        }
        for (course_id, ids) in of_courses {
            make_texts(&cx, course_id, &ids).await?;
        }
        // Other work has its turn in between, and any node may go on.
        Ok(if is_last { Step::Done } else { Step::Later(cx.clock.now()) })
    }
}

async fn make_texts(cx: &Services, course_id: CourseId, ids: &[ItemId]) -> AppResult<()> {
    let permit = Permit::<KeepTexts>::for_job(JobName::KeepItemTexts, course_id);
    cx.db
        .write(&permit, async |tx| {
            let held = store::lock_all(tx.conn(), ids).await?;
            // A paper may have been sealed with some of them since they were listed.
            let ids: Vec<_> = held.iter().filter(|item| item.frozen_version.is_none()).map(|item| item.id).collect();
            let mut newest = BTreeMap::new();
            for version in store::list_versions(tx.conn(), &ids).await? {
                newest.insert(version.item_id, content::open(cx, &version)?);
            }
            let items: Vec<_> = newest.iter().map(|(id, item)| (*id, item)).collect();
            tx.note("items", items.len());
            keep_texts(cx, tx, (course_id, Words::Kept), &items).await
        })
        .await
}
