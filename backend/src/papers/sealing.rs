//! Sealing: versions are pinned and closed in the bank, the package is encrypted, its hash stands in the audit log.

use super::{
    entity::paper_item,
    proposing::{hold_items, newest_of},
    service::{case_of, is_to_do, sections_of, state_of},
    splitting,
    store::{self, PaperHead},
    tools::packaged_tools,
};
use crate::{
    access::{Permit, actions},
    item_bank::{self, PinnedItem},
    media,
    platform::{
        Services,
        crypto::{self, KEY_BYTES},
        error::{AppError, AppResult},
        markdown,
    },
};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use shared::{
    delivery::PaperShape,
    ids::{ItemId, PaperId},
    item_bank::{Item, Response, Scored, ScoredPart, pinned_of_parts, pinned_options, score_by, score_parts_by},
    media::recording::RecordingName,
    papers::{PackagedItem, PaperPackage, PaperStep, closing_minutes, next_paper_state, paper_shape},
    points::Points,
};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, HashMap},
};

/// The version of the rules that score papers of the time before it was pinned.
const UNPINNED_SCORER: u16 = 1;
/// The most that the sound of a paper weighs, in bytes: every candidate's device fetches it before the test.
const MOST_SOUND_BYTES: u64 = 20_000_000;

actions! {
    /// Seal a paper.
    SealPaper(PaperId) = ComposePaper;
}

/// One item of a sealed paper, with its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedItem {
    /// The item.
    pub item_id: ItemId,
    /// The version that was pinned.
    pub item_version: i32,
    /// The version of the rules that score it, pinned with it.
    pub scorer_version: u16,
    /// What it is worth: nothing where it is tried.
    pub points: Points,
    /// What it looks as if it were worth where it is tried; absent where it counts.
    pub trial_points: Option<Points>,
    /// The content of that version.
    pub item: Item,
    /// Its options that stay at their places, by their indices.
    pub pinned: Vec<u16>,
    /// The same of each of its questions on one material; none if these stand in their author's order.
    pub pinned_parts: Vec<Vec<u16>>,
}

impl SealedItem {
    /// What a response is worth, by the rules that were pinned; `None` is an item that was not answered.
    ///
    /// # Errors
    /// If this program does not know these rules.
    pub fn score(&self, response: Option<&Response>) -> AppResult<Scored> {
        self.scored(response, self.points)
    }

    /// The same, each question on a material that waits for a person by itself.
    ///
    /// # Errors
    /// As of [`Self::score`].
    pub fn score_parts(&self, response: Option<&Response>) -> AppResult<Vec<ScoredPart>> {
        let parts = score_parts_by(self.scorer_version, &self.item, response, self.points);
        parts.ok_or_else(|| self.unknown_rules())
    }

    /// What a response to what is tried would be worth if it counted; `None` where it does, or if a person marks it.
    ///
    /// # Errors
    /// As of [`Self::score`].
    pub fn try_score(&self, response: Option<&Response>) -> AppResult<Option<Points>> {
        let scored = self.trial_points.map(|points| self.scored(response, points)).transpose()?;
        Ok(match scored {
            Some(Scored::Points(points)) => Some(points),
            Some(Scored::NeedsPerson) | None => None,
        })
    }

    /// What a candidate takes it to be worth.
    #[must_use]
    pub fn shown_points(&self) -> Points {
        self.trial_points.unwrap_or(self.points)
    }

    fn scored(&self, response: Option<&Response>, points: Points) -> AppResult<Scored> {
        score_by(self.scorer_version, &self.item, response, points).ok_or_else(|| self.unknown_rules())
    }

    fn unknown_rules(&self) -> AppError {
        AppError::internal(format!("no version {} of the scorer", self.scorer_version))
    }
}

/// Seals a paper that somebody else proposed, in the versions that they found ready. Repeating it changes nothing.
///
/// # Errors
/// `not-found` if there is none, `second-person-needed` for who proposed it or wrote an item of it, `wrong-state` if
/// nobody proposed it or it was discarded; the item's field if it was revised since, was retired, waits for a review or
/// has a picture or sound that was never added, or the sound of all items is too large.
pub async fn seal(cx: &Services, permit: &Permit<SealPaper>) -> AppResult<()> {
    let (id, person) = (*permit.target(), permit.person()?);
    if !is_to_do(cx, id, PaperStep::Seal, person).await? {
        return Ok(());
    }
    let rows = store::list_items(cx.db.read(), id).await?;
    let items = newest_of(cx, &rows).await?;
    let enclosed = enclosed(cx, &rows, &items).await?;
    let key: [u8; KEY_BYTES] = cx.ids.secret();
    cx.db
        .write(permit, async |tx| {
            let paper = store::lock(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let state = next_paper_state(&case_of(&paper), PaperStep::Seal, person).map_err(AppError::refused)?;
            if state == state_of(&paper) {
                return Ok(());
            }
            // Asked after the versions: what was written anew meanwhile is a draft by now.
            hold_items(tx, &rows, person).await?;
            // Read again under the lock: it may have been sent back and proposed anew meanwhile.
            let proposed = store::list_items(tx.conn(), id).await?;
            let version = |row: &paper_item::Model| items.get(&row.item_id).map(|item| item.version);
            if let Some(at) = proposed.iter().position(|row| row.proposed_version != version(row)) {
                return Err(AppError::field(&format!("/items/{at}"), "changed-since"));
            }
            let versions: Vec<_> = rows.iter().filter_map(|row| Some((row.item_id, version(row)?))).collect();
            let package = package(&paper, &rows, &items, &enclosed)?;
            let sealed = serde_json::to_vec(&package).map_err(AppError::internal)?;
            let sealed = crypto::encrypt(&key, id.to_string().as_bytes(), &sealed, &*cx.ids)?;
            let sha256 = hex::encode(Sha256::digest(&sealed));
            for (row, shown) in proposed.iter().zip(&package.items) {
                let pinned = (written(&shown.pinned)?, written(&shown.pinned_parts)?);
                store::pin(tx.conn(), row, pinned).await?;
            }
            item_bank::freeze(tx, &versions).await?;
            tx.note("package_sha256", sha256.clone());
            let content_key = cx.keys.fields.seal_bytes(&key_purpose(id), &key, &*cx.ids)?;
            let spoken_key = splitting::wrap_for_reading(id, &key, &*cx.ids)?;
            let (sealed_by, sealed_at) = (person, tx.now());
            let seal = store::Seal { sealed_by, sealed_at, sha256, package: sealed, content_key, spoken_key };
            store::seal(tx.conn(), id, seal).await
        })
        .await
}

/// What travels within a paper: pictures by their hashes and sound by where it is, each as an address that holds it.
pub(super) struct Enclosed {
    pictures: BTreeMap<String, String>,
    sound: BTreeMap<String, String>,
}

/// What an item shows and plays.
#[derive(Default)]
struct Named {
    pictures: Vec<String>,
    sound: Vec<RecordingName>,
}

/// The pictures and the sound of a paper: a candidate needs no network for them, and nobody finds them before the key is
/// out.
pub(super) async fn enclosed(
    cx: &Services,
    rows: &[paper_item::Model],
    newest: &HashMap<ItemId, PinnedItem>,
) -> AppResult<Enclosed> {
    let named: Vec<Named> = rows.iter().map(|row| named(newest.get(&row.item_id))).collect();
    let at = |at: usize, code| AppError::field(&format!("/items/{at}"), code);
    let (mut heard, mut bytes) = (BTreeSet::new(), 0);
    for (place, item) in named.iter().enumerate() {
        let new = item.sound.iter().filter(|name| heard.insert((*name).clone()));
        bytes += new.map(|name| name.bytes).sum::<u64>();
        if bytes > MOST_SOUND_BYTES {
            return Err(at(place, "sound-too-large"));
        }
    }
    let shown: Vec<String> = named.iter().flat_map(|item| item.pictures.iter().cloned()).collect();
    let enclosed =
        Enclosed { pictures: media::data_urls(cx, &shown).await?, sound: media::held_recordings(cx, &heard).await? };
    for (place, item) in named.iter().enumerate() {
        if item.pictures.iter().any(|sha256| !enclosed.pictures.contains_key(sha256)) {
            return Err(at(place, "picture-missing"));
        }
        if item.sound.iter().any(|name| !enclosed.sound.contains_key(&name.path())) {
            return Err(at(place, "sound-missing"));
        }
    }
    Ok(enclosed)
}

fn named(item: Option<&PinnedItem>) -> Named {
    let found = RefCell::new(Named::default());
    let note = |text: &str| {
        let html = markdown::render_item(text);
        let mut found = found.borrow_mut();
        found.pictures.extend(markdown::pictures_in(&html).map(str::to_owned));
        found.sound.extend(markdown::recordings_in(&html));
        String::new()
    };
    if let Some(pinned) = item {
        drop(pinned.item.for_candidate(note));
    }
    found.into_inner()
}

/// What candidates' devices are given, before it is encrypted.
pub(super) fn package(
    paper: &PaperHead,
    rows: &[paper_item::Model],
    newest: &HashMap<ItemId, PinnedItem>,
    enclosed: &Enclosed,
) -> AppResult<PaperPackage> {
    let render = |text: &str| {
        let html = markdown::render_item(text);
        let html = markdown::with_pictures(&html, |sha256| enclosed.pictures.get(sha256).cloned());
        markdown::with_recordings(&html, |address| enclosed.sound.get(address).cloned())
    };
    let packaged = |row: &paper_item::Model| {
        let pinned = newest.get(&row.item_id).ok_or_else(|| AppError::internal("an item of a paper is gone"))?;
        let view = pinned.item.for_candidate(render);
        let (pinned, pinned_parts) = (pinned_options(&pinned.item.body), pinned_of_parts(&pinned.item.body));
        let points = row.trial_points.unwrap_or(row.points);
        Ok(PackagedItem { item_id: row.item_id, points, view, pinned, pinned_parts })
    };
    let items = rows.iter().map(packaged).collect::<AppResult<_>>()?;
    let sections = sections_of(paper)?;
    Ok(PaperPackage {
        schema_version: PaperPackage::version_of(&sections),
        paper_id: paper.id,
        title: paper.title.clone(),
        items,
        sections,
        tools: packaged_tools(paper)?,
    })
}

/// The options of an item of a sealed paper that stay at their places.
pub(super) fn pinned_of(row: &paper_item::Model) -> AppResult<Vec<u16>> {
    read(row.pinned_options.as_deref())
}

/// The same of each of its questions on one material.
pub(super) fn pinned_parts_of(row: &paper_item::Model) -> AppResult<Vec<Vec<u16>>> {
    read(row.pinned_parts.as_deref())
}

fn read<T: DeserializeOwned>(pinned: Option<&str>) -> AppResult<Vec<T>> {
    let pinned = pinned.map(serde_json::from_str).transpose().map_err(AppError::internal)?;
    Ok(pinned.unwrap_or_default())
}

/// The version of the rules that score an item of a paper.
pub(super) fn scorer_of(row: &paper_item::Model) -> AppResult<u16> {
    row.scorer_version.map_or(Ok(UNPINNED_SCORER), u16::try_from).map_err(AppError::internal)
}

/// Indices as they are stored; none is nothing.
fn written<T: Serialize>(pinned: &[T]) -> AppResult<Option<String>> {
    (!pinned.is_empty()).then(|| serde_json::to_string(pinned)).transpose().map_err(AppError::internal)
}

/// Binds an encrypted content key to its paper.
pub(super) fn key_purpose(id: PaperId) -> String {
    format!("paper/{id}/content_key")
}

/// The items of a sealed paper with their keys, in the author's order.
///
/// # Errors
/// `wrong-state` if it is not sealed.
pub async fn sealed_items(cx: &Services, id: PaperId) -> AppResult<Vec<SealedItem>> {
    let rows = store::list_items(cx.db.read(), id).await?;
    let not_sealed = AppError::Problem(shared::problem::ProblemCode::WrongState);
    let pins: Option<Vec<_>> = rows.iter().map(|row| Some((row.item_id, row.item_version?))).collect();
    let items = item_bank::pinned(cx, &pins.ok_or(not_sealed)?).await?;
    let sealed = |(row, pinned): (&paper_item::Model, PinnedItem)| {
        Ok(SealedItem {
            item_id: row.item_id,
            item_version: pinned.version,
            scorer_version: scorer_of(row)?,
            points: row.points,
            trial_points: row.trial_points,
            item: pinned.item,
            pinned: pinned_of(row)?,
            pinned_parts: pinned_parts_of(row)?,
        })
    };
    rows.iter().zip(items).map(sealed).collect()
}

/// After how many minutes the part of each item of a paper closes, in the author's order; nothing at all without parts.
///
/// # Errors
/// `not-found` if there is none.
pub async fn closing_minutes_of(cx: &Services, id: PaperId) -> AppResult<Vec<Option<u16>>> {
    let row = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    Ok(closing_minutes(&sections_of(&row)?))
}

/// What of a sealed paper is shuffled, of which these are the items.
///
/// # Errors
/// `not-found` if there is none.
pub async fn shape_of(cx: &Services, id: PaperId, items: &[SealedItem]) -> AppResult<PaperShape> {
    let row = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let pinned = items.iter().map(|item| item.pinned.clone()).collect();
    Ok(paper_shape(&sections_of(&row)?, pinned, items.iter().map(|item| item.pinned_parts.clone())))
}

/// What a device must know of a sealed package before it has it: all that the path of answers needs of a paper.
#[derive(Clone, Debug)]
pub struct PackageHead {
    /// SHA-256 of the package, in hex.
    pub sha256: String,
    /// The content key, wrapped by what is read out, if the paper was sealed since that is done.
    pub spoken_key: Option<Vec<u8>>,
}

/// The head of a sealed package.
///
/// # Errors
/// `not-found` if the paper is not sealed.
pub async fn package_head(cx: &Services, id: PaperId) -> AppResult<PackageHead> {
    let head = store::find_package_head(cx.db.read(), id).await?;
    let head = head.and_then(|(sha256, spoken_key)| Some(PackageHead { sha256: sha256?, spoken_key }));
    head.ok_or_else(AppError::not_found)
}

/// The sealed package.
pub(super) async fn sealed_package(cx: &Services, id: PaperId) -> AppResult<Vec<u8>> {
    store::find_package(cx.db.read(), id).await?.ok_or_else(AppError::not_found)
}
