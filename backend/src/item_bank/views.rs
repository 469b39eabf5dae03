//! Items as people see them: lists without keys, and one item with its key.

use super::{
    content,
    describing::descriptor,
    entity::item,
    frozen, history,
    reach::{Reach, place_of},
    remarks,
    service::state_of,
    statistics,
    store::{self, ItemFilter, Said},
    work::awaits,
};
use crate::{
    access::{Action, Actor, Permit, actions, authorize},
    learning,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
        markdown,
    },
};
use sea_orm::{ColumnTrait, Condition};
use shared::{
    ids::{AccountId, CourseId, ItemId},
    item_bank::{
        Ability, ItemDetail, ItemEventKind, ItemKind, ItemRow, ItemState, ItemTraits, KNOWLEDGE_POINT_CHARS,
        SEARCHED_CHARS, least_candidates, searched_letters,
    },
    page::{Page, PageQuery},
    problem::ProblemCode,
    rights::Right,
    work::ItemWait,
};
use std::collections::{HashMap, hash_map::Entry};

actions! {
    /// See an item with its key; every look is in the audit log.
    SeeItem(ItemId) = ReadItem;
    /// See an item of one's own with its key.
    SeeOwnItem(ItemId) = AuthorItem;
}

/// Which items are listed.
pub(super) struct Wanted {
    /// The course that they belong to.
    pub(super) course_id: Option<CourseId>,
    /// Where they stand, which what was retired does not.
    pub(super) state: Option<ItemState>,
    /// What they wait for.
    pub(super) waits: Option<ItemWait>,
    /// The module that is said of them.
    pub(super) module: Option<String>,
    /// The ability that is said of them.
    pub(super) ability: Option<Ability>,
    /// What stands in them.
    pub(super) text: Option<String>,
    /// Whether another is alike.
    pub(super) is_alike: bool,
    /// How they are beside that.
    pub(super) traits: ItemTraits,
}

/// Items, the newest first, without keys. Who only writes them sees their own.
pub(super) async fn list(cx: &Services, actor: &Actor, wanted: &Wanted, query: &PageQuery) -> AppResult<Page<ItemRow>> {
    let said = Said { module: wanted.module.as_deref(), ability: wanted.ability };
    let filter = ItemFilter {
        within: seen(actor, wanted.traits.own)?,
        waits: wanted.waits.map(|waits| awaits(waits, actor.account_id, cx.clock.now())),
        course_id: wanted.course_id,
        state: wanted.state,
        traits: traits(cx, said, (&wanted.traits, "/knowledge_point"))?,
        found: found_by(cx, actor, wanted.text.as_deref(), wanted.is_alike).await?,
        after: decode_cursor(query)?,
        rows: query.rows() + 1,
    };
    let found = page(store::list_items(cx.db.read(), filter).await?, query, |row| row.id);
    Ok(Page { items: rows(cx, actor.account_id, &found.items).await?, next_cursor: found.next_cursor })
}

/// Items of which this is said and that have these traits, by the rules of today.
///
/// # Errors
/// The point of knowledge, which is the field at `pointer`, if it is too long.
pub(super) fn traits(cx: &Services, said: Said<'_>, (wanted, pointer): (&ItemTraits, &str)) -> AppResult<Condition> {
    let is_long = |text: &String| text.chars().count() > KNOWLEDGE_POINT_CHARS;
    if wanted.knowledge_point.as_ref().is_some_and(is_long) {
        return Err(AppError::field(pointer, "too-long"));
    }
    Ok(store::with_traits(said, wanted, least_candidates(cx.clock.now())))
}

/// Items in which a text stands, whatever its width, case and punctuation; those that are alike with another, if that
/// is wanted. What stands in a sealed paper is found by who wrote it alone.
///
/// # Errors
/// The field `/text` if it is too long.
pub(super) async fn found_by(cx: &Services, actor: &Actor, text: Option<&str>, is_alike: bool) -> AppResult<Condition> {
    let text = text.unwrap_or_default();
    if text.chars().count() > SEARCHED_CHARS {
        return Err(AppError::field("/text", "too-long"));
    }
    let letters = searched_letters(text);
    let found = Condition::all().add_option(is_alike.then(store::of_alike));
    if letters.is_empty() {
        return Ok(found);
    }
    let own = frozen::own_with(cx, actor.account_id, &letters).await?;
    let own = (!own.is_empty()).then(|| item::Column::Id.is_in(own));
    Ok(found.add(Condition::any().add(store::of_letters(&letters)).add_option(own)))
}

/// The items that the actor may know of; their own or the others' alone if that is wanted.
pub(super) fn seen(actor: &Actor, own: Option<bool>) -> AppResult<Condition> {
    let (is_theirs, is_others) =
        (item::Column::CreatedBy.eq(actor.account_id), item::Column::CreatedBy.ne(actor.account_id));
    let (read, written) = (Reach::of(actor, Right::ReadItem), Reach::of(actor, Right::AuthorItem));
    let written_there = written.narrow(Condition::all().add(is_theirs.clone()));
    let within = match (read, written.is_nowhere()) {
        (Reach::All, _) => Condition::all(),
        (Reach::Courses(none), true) if none.is_empty() => return Err(AppError::Problem(ProblemCode::Forbidden)),
        (Reach::Courses(courses), true) => Condition::all().add(item::Column::CourseId.is_in(courses)),
        (Reach::Courses(none), false) if none.is_empty() => written_there,
        (Reach::Courses(courses), false) => {
            let any = Condition::any().add(item::Column::CourseId.is_in(courses)).add(written_there);
            Condition::all().add(any)
        }
    };
    Ok(match own {
        Some(true) => within.add(is_theirs),
        Some(false) => within.add(is_others),
        None => within,
    })
}

/// Items in their order, as `reader` sees them.
pub(super) async fn rows(cx: &Services, reader: AccountId, items: &[item::Model]) -> AppResult<Vec<ItemRow>> {
    let ids: Vec<_> = items.iter().map(|row| row.id).collect();
    let versions = store::list_versions(cx.db.read(), &ids).await?;
    let newest: HashMap<_, _> = versions.into_iter().map(|row| (row.item_id, row)).collect();
    let reviews = store::list_reviews(cx.db.read(), &ids).await?;
    let reviews: HashMap<_, _> = reviews.into_iter().map(|row| ((row.item_id, row.number), row)).collect();
    let said = store::list_descriptors(cx.db.read(), &ids).await?;
    let said: HashMap<_, _> = said.into_iter().map(|row| (row.item_id, row)).collect();
    let mut alike: HashMap<ItemId, u32> = HashMap::new();
    for pair in store::list_alike(cx.db.read(), &ids).await? {
        *alike.entry(pair.item_id).or_default() += 1;
    }
    let uses = store::count_uses(cx.db.read(), &ids).await?;
    let now = cx.clock.now();
    let (mut titles, mut rows) = (HashMap::new(), Vec::with_capacity(items.len()));
    for item in items {
        let Some(version) = newest.get(&item.id) else { continue };
        let review = reviews.get(&(item.id, version.number));
        let is_closed = frozen::is_withheld(Some(reader), item);
        let told = review.filter(|_| !is_closed);
        let retired_because = item.retired_because.clone();
        if let Entry::Vacant(title) = titles.entry(item.course_id) {
            title.insert(learning::course(cx, item.course_id).await?.title);
        }
        rows.push(ItemRow {
            id: item.id,
            version: version.number,
            course_id: item.course_id,
            course_title: titles.get(&item.course_id).cloned().unwrap_or_default(),
            state: state_of(item)?,
            returned_because: told.map(|review| remarks::reason(cx, review)).transpose()?.unwrap_or_default(),
            is_own: item.created_by == reader,
            kind: ItemKind::parse(&version.kind).ok_or_else(|| AppError::internal("unknown kind of an item"))?,
            title: frozen::shown_title(cx, Some(reader), item, version)?,
            created_at: version.created_at,
            retired_because: retired_because.map(|reason| if is_closed { String::new() } else { reason }),
            descriptor: said.get(&item.id).map(descriptor).transpose()?,
            descriptor_version: item.described + 1,
            measured: statistics::measured(item, now)?,
            alike: alike.get(&item.id).copied().unwrap_or_default(),
            uses: uses.get(&item.id).map_or(0, |(tests, _)| u32::try_from(*tests).unwrap_or(u32::MAX)),
            last_used_at: uses.get(&item.id).map(|(_, last)| *last),
        });
    }
    Ok(rows)
}

/// One item without its key.
///
/// # Errors
/// `not-found` if there is none.
pub(super) async fn row(cx: &Services, reader: AccountId, id: ItemId) -> AppResult<ItemRow> {
    let item = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    rows(cx, reader, &[item]).await?.pop().ok_or_else(AppError::not_found)
}

/// An item with its key. Who only writes items sees their own, and learns nothing of others.
///
/// # Errors
/// `forbidden`, or `not-found` if there is none or it is not the author's; `wrong-state` while it stands in a sealed paper
/// that nobody has sat yet, unless the actor wrote it.
pub(super) async fn see(cx: &Services, actor: &Actor, id: ItemId) -> AppResult<ItemDetail> {
    let place = place_of(cx, actor, id, &[Right::ReadItem, Right::AuthorItem]).await?;
    if actor.has_any(&[Right::ReadItem], &place) {
        return look(cx, actor, &authorize::<SeeItem>(actor, id, &place)?).await;
    }
    let permit: Permit<SeeOwnItem> = authorize(actor, id, &place)?;
    own(cx, actor, id).await?;
    look(cx, actor, &permit).await
}

/// Lets the actor ask about an item: about any who reads items, about their own who only writes them.
///
/// # Errors
/// `forbidden`, or `not-found` if there is none or it is not the author's.
pub(super) async fn may_know(cx: &Services, actor: &Actor, id: ItemId) -> AppResult<()> {
    let place = place_of(cx, actor, id, &[Right::ReadItem, Right::AuthorItem]).await?;
    if actor.has_any(&[Right::ReadItem], &place) { Ok(()) } else { own(cx, actor, id).await }
}

/// Finds an item of the actor's own.
///
/// # Errors
/// `not-found` for any other.
pub(super) async fn own(cx: &Services, actor: &Actor, id: ItemId) -> AppResult<()> {
    let found = store::find(cx.db.read(), id).await?;
    let own = found.filter(|item| item.created_by == actor.account_id);
    own.map(drop).ok_or_else(AppError::not_found)
}

/// The look itself is what is written.
async fn look<A: Action<Target = ItemId>>(cx: &Services, actor: &Actor, permit: &Permit<A>) -> AppResult<ItemDetail> {
    let (id, person) = (*permit.target(), permit.person()?);
    let newest = cx
        .db
        .write(permit, async |tx| {
            let item = store::find(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let newest = store::list_versions(tx.conn(), &[id]).await?.pop().ok_or_else(AppError::not_found)?;
            frozen::may_look(actor, &item)?;
            tx.note("version", newest.number);
            history::note((cx, tx), ItemEventKind::Looked, person, &[(id, newest.number)]).await?;
            Ok(newest)
        })
        .await?;
    let item = content::open(cx, &newest)?;
    let row = row(cx, actor.account_id, id).await?;
    Ok(ItemDetail { row, view: item.for_candidate(markdown::render_item), item })
}
