//! Drives the player: what the candidate and the browser do becomes events, and its effects become
//! work with the device's store and the server. The rules are all in `shared::delivery`.

mod beat;
mod carry;
mod claim;
mod parts;
mod watch;

use self::beat::Focus;
use super::{
    paper::PaperItem,
    vault::{KeptSitting, Place, Vault},
};
use crate::platform::{actor::Actor, client::ApiError, clock, server_clock::ServerClock, tab_lock::TabLock};
use leptos::{prelude::*, task::spawn_local};
use shared::{
    delivery::{Event, JournalEntry, OpenedSitting, PartTimes, Phase, PlayerState, SavedMark, WorkingTime, time_left},
    ids::{ItemId, SittingId},
    item_bank::Response,
    papers::PackagedTools,
    time::Timestamp,
};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
    time::Duration,
};

pub(super) use self::beat::Halt;

/// Written text becomes an entry when the candidate stops writing for so long.
const PAUSE: Duration = Duration::from_millis(700);
/// The server takes no longer response, as JSON.
const LONGEST_RESPONSE: usize = 60_000;

/// What stands at an item. Finer than the player's mark: it knows what is not even on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ItemMark {
    /// No answer.
    Unanswered,
    /// On its way to the device's disk.
    Saving,
    /// On the device's disk.
    OnDevice,
    /// On the server's disk.
    Saved,
}

/// Text that is being written and is no entry yet.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Draft {
    item_id: ItemId,
    response: Response,
    /// Milliseconds since the epoch began when the candidate wrote last.
    written_ms: u64,
}

/// What a sitting is driven with.
pub(super) struct Seat {
    /// The candidate.
    pub(super) actor: Actor,
    /// The device's store.
    pub(super) vault: Vault,
    /// The server's clock.
    pub(super) clock: Rc<ServerClock>,
    /// The sitting, opened on this device.
    pub(super) kept: KeptSitting,
    /// The paper in the candidate's order.
    pub(super) items: Vec<PaperItem>,
    /// What lies beside it.
    pub(super) tools: PackagedTools,
    /// What the device's disk holds of the journal.
    pub(super) journal: Vec<JournalEntry>,
    /// Where the candidate was.
    pub(super) place: Place,
    /// Keeps other tabs away.
    pub(super) lock: Option<TabLock>,
}

/// One sitting that is going on.
pub(super) struct Driver {
    actor: Actor,
    vault: Vault,
    clock: Rc<ServerClock>,
    id: SittingId,
    epoch: u32,
    items: Vec<PaperItem>,
    tools: PackagedTools,
    player: ArcRwSignal<PlayerState>,
    draft: ArcRwSignal<Option<Draft>>,
    trouble: ArcRwSignal<Option<ApiError>>,
    is_too_long: ArcRwSignal<bool>,
    halt: ArcRwSignal<Halt>,
    focus: Focus,
    left_page: ArcRwSignal<u32>,
    is_answered: ArcRwSignal<bool>,
    is_claiming: Cell<bool>,
    now: ArcRwSignal<Timestamp>,
    kept: RefCell<KeptSitting>,
    journal: RefCell<BTreeMap<u64, JournalEntry>>,
    lock: RefCell<Option<TabLock>>,
    /// When this device's epoch began, by the server's clock.
    began_at: Timestamp,
    /// Milliseconds since then when this page took over, and its monotonic clock at that moment.
    began: (u64, u64),
    timer: Cell<u64>,
    pause: Cell<u64>,
    is_gone: Cell<bool>,
}

impl Driver {
    /// Takes the sitting up where the device and the server have it.
    pub(super) fn start(seat: Seat, opened: &OpenedSitting, began_at: Timestamp) -> Rc<Self> {
        let id = seat.kept.view.id;
        let order = seat.items.iter().map(|item| item.id).collect();
        let working_time =
            WorkingTime { duration_min: seat.kept.view.duration_min, extra_min: seat.kept.view.extra_min };
        let items = seat.items.iter().map(|item| (item.id, item.closes_after_min));
        let parts = PartTimes::new(items, working_time, began_at);
        let player = PlayerState::resume_in_parts((id, parts), opened, order, seat.journal.clone());
        let mine = seat.journal.into_iter().filter(|entry| entry.epoch == opened.epoch);
        let journal: BTreeMap<_, _> = mine.map(|entry| (entry.seq, entry)).collect();
        let written_ms = journal.values().map(|entry| entry.monotonic_ms).max().unwrap_or_default();
        let since_ms = u64::try_from(seat.clock.now().ms_since(began_at)).unwrap_or_default();
        let driver = Rc::new(Self {
            actor: seat.actor,
            vault: seat.vault,
            id,
            epoch: opened.epoch,
            items: seat.items,
            tools: seat.tools,
            player: ArcRwSignal::new(player),
            draft: ArcRwSignal::new(None),
            trouble: ArcRwSignal::new(None),
            is_too_long: ArcRwSignal::new(false),
            halt: ArcRwSignal::new(Halt::of(&seat.kept.view)),
            focus: Focus::default(),
            left_page: ArcRwSignal::new(0),
            is_answered: ArcRwSignal::new(false),
            is_claiming: Cell::new(false),
            now: ArcRwSignal::new(seat.clock.now()),
            clock: seat.clock,
            kept: RefCell::new(seat.kept),
            journal: RefCell::new(journal),
            lock: RefCell::new(seat.lock),
            began_at,
            began: (since_ms.max(written_ms), clock::monotonic_ms()),
            timer: Cell::new(0),
            pause: Cell::new(0),
            is_gone: Cell::new(false),
        });
        driver.return_to(seat.place);
        driver.tell(Event::NetworkRestored);
        driver.clone().watch();
        driver
    }

    /// The sitting.
    pub(super) fn id(&self) -> SittingId {
        self.id
    }

    /// The paper in the candidate's order.
    pub(super) fn items(&self) -> &[PaperItem] {
        &self.items
    }

    /// What lies beside the paper.
    pub(super) fn tools(&self) -> PackagedTools {
        self.tools.clone()
    }

    /// The title, the number, the name.
    pub(super) fn view<T>(&self, look: impl FnOnce(&shared::delivery::SittingView) -> T) -> T {
        look(&self.kept.borrow().view)
    }

    /// Looks at the player; whoever looks is told of changes.
    pub(super) fn player<T>(&self, look: impl FnOnce(&PlayerState) -> T) -> T {
        self.player.with(look)
    }

    /// Why the server does not take answers now, if it does not.
    pub(super) fn trouble(&self) -> Option<ApiError> {
        self.trouble.get()
    }

    /// Whether the newest text is too long to be kept.
    pub(super) fn is_too_long(&self) -> bool {
        self.is_too_long.get()
    }

    /// Working time that is left, in whole seconds.
    pub(super) fn left_s(&self) -> i64 {
        self.left_until_s(self.player.with(PlayerState::deadline))
    }

    /// Whole seconds until then.
    fn left_until_s(&self, until: Timestamp) -> i64 {
        let left_ms = time_left(until, self.shown_now());
        left_ms / 1_000 + i64::from(left_ms % 1_000 > 0)
    }

    /// The server's clock as the page shows it; what stands still is shown as it stood.
    fn shown_now(&self) -> Timestamp {
        self.halt.with(|halt| halt.paused_at).unwrap_or_else(|| self.now.get())
    }

    /// The answer as the candidate has it, with what is being written.
    pub(super) fn response(&self, item_id: ItemId) -> Option<Response> {
        let draft = self.draft.with(|draft| draft.as_ref().filter(|draft| draft.item_id == item_id).cloned());
        draft.map(|draft| draft.response).or_else(|| self.player.with(|p| p.answers().response(item_id).cloned()))
    }

    /// What stands at an item.
    pub(super) fn mark(&self, item_id: ItemId) -> ItemMark {
        if self.draft.with(|draft| draft.as_ref().is_some_and(|draft| draft.item_id == item_id)) {
            return ItemMark::Saving;
        }
        self.player.with(|player| match player.mark(item_id) {
            _ if !player.is_on_disk(item_id) => ItemMark::Saving,
            SavedMark::Unanswered => ItemMark::Unanswered,
            SavedMark::OnDevice => ItemMark::OnDevice,
            SavedMark::Saved => ItemMark::Saved,
        })
    }

    /// Items whose newest answer the server lacks.
    pub(super) fn unsent(&self) -> usize {
        let is_unsent = |item: &&PaperItem| matches!(self.mark(item.id), ItemMark::Saving | ItemMark::OnDevice);
        self.items.iter().filter(is_unsent).count()
    }

    /// The candidate answered. What is written waits for a pause; the rest is an entry at once.
    pub(super) fn answer(self: &Rc<Self>, item_id: ItemId, response: Response) {
        let is_open = self.player.with_untracked(|player| *player.phase() == Phase::Working);
        let is_halted = self.halt.with_untracked(Halt::is_halted) || self.is_closed_now(item_id);
        if !is_open || self.is_gone.get() || is_halted {
            return;
        }
        let is_too_long = serde_json::to_string(&response).map_or(0, |json| json.len()) > LONGEST_RESPONSE;
        self.is_too_long.set(is_too_long);
        if is_too_long {
            return;
        }
        let is_of_draft = |draft: &Option<Draft>| draft.as_ref().is_some_and(|draft| draft.item_id == item_id);
        if !self.draft.with_untracked(is_of_draft) {
            self.finish_draft();
        }
        if response.is_written() {
            self.draft.set(Some(Draft { item_id, response, written_ms: self.monotonic_ms() }));
            self.await_pause();
        } else {
            self.draft.set(None);
            self.tell(Event::Answered { item_id, response, monotonic_ms: self.monotonic_ms() });
        }
    }

    /// What is being written becomes an entry now.
    pub(super) fn finish_draft(self: &Rc<Self>) {
        let finished = self.draft.write_untracked().take();
        if let Some(Draft { item_id, response, written_ms }) = finished {
            self.tell(Event::Answered { item_id, response, monotonic_ms: written_ms });
            self.draft.notify();
        }
    }

    fn await_pause(self: &Rc<Self>) {
        let turn = self.pause.get() + 1;
        self.pause.set(turn);
        let driver = Rc::downgrade(self);
        set_timeout(
            move || {
                let driver = driver.upgrade().filter(|driver| driver.pause.get() == turn);
                if let Some(driver) = driver {
                    driver.finish_draft();
                }
            },
            PAUSE,
        );
    }

    /// The candidate goes to the item at this place, unless its part is closed.
    pub(super) fn go_to(self: &Rc<Self>, place: usize) {
        self.finish_draft();
        if !self.is_open_place(place) {
            return;
        }
        self.tell(Event::WentTo(place));
        self.keep_place();
    }

    /// The candidate sets or removes the flag.
    pub(super) fn toggle_flag(self: &Rc<Self>, item_id: ItemId) {
        self.tell(Event::FlagToggled(item_id));
        self.keep_place();
    }

    /// The candidate confirmed 交卷.
    pub(super) fn submit(self: &Rc<Self>) {
        self.finish_draft();
        self.tell(Event::SubmitPressed);
    }

    /// The page is going away. What was answered still reaches the disk; then other tabs may go on.
    pub(super) fn leave(self: &Rc<Self>) {
        self.finish_draft();
        self.is_gone.set(true);
        self.let_others_in();
    }

    fn let_others_in(&self) {
        if self.is_gone.get() && self.player.with_untracked(PlayerState::is_all_on_disk) {
            drop(self.lock.take());
        }
    }

    /// Milliseconds since this device's epoch began. The monotonic clock may have stood still while the device slept: what
    /// the server's clock is taken to show counts where that is more.
    fn monotonic_ms(&self) -> u64 {
        self.notice_sleep();
        let (began_ms, began_mono) = self.began;
        let by_device = began_ms + clock::monotonic_ms().saturating_sub(began_mono);
        let by_server = self.clock.now().ms_since(self.began_at);
        by_device.max(u64::try_from(by_server).unwrap_or_default())
    }

    fn return_to(&self, place: Place) {
        self.player.update_untracked(|player| {
            for flag in place.flags {
                player.handle(Event::FlagToggled(flag));
            }
            player.handle(Event::WentTo(place.current));
        });
    }

    fn keep_place(&self) {
        let place = self.player.with_untracked(|player| Place {
            current: player.current(),
            flags: player.items().iter().copied().filter(|item| player.is_flagged(*item)).collect(),
        });
        let (vault, id) = (self.vault.clone(), self.id);
        // Only comfort: without it the candidate begins at the first item.
        spawn_local(async move { drop(vault.keep_place(id, &place).await) });
    }
}
