//! What goes on by itself while somebody looks on or sits a test: two tasks of each node read what is new and share it
//! with everybody who waits for it, however many they are; and write for many devices at once what they told.
//!
//! Nothing of it stands on the path of an answer. While nobody waits, nothing is read.

use super::{
    RoomKey,
    beats::Beats,
    board::{Board, Place},
    line::{Told, events},
    store,
    view::{self, Base},
};
use crate::platform::{Services, error::AppResult};
use actix_web::{rt::System, web::Bytes};
use futures::{
    Stream,
    stream::{StreamExt, iter},
};
use shared::{
    delivery::{AdmittedTally, RoomLog, WatchedRoom},
    ids::{ExamRoomId, ExamSessionId},
};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::{Notify, watch},
    time::{sleep, timeout},
};

/// So often what is new is read while somebody waits for it.
const TICK: Duration = Duration::from_secs(1);
/// Rooms that are read at once.
const AT_ONCE: usize = 8;
/// What of a room stays the same for a while is read anew after so many turns.
const BASE_TURNS: u32 = 30;
/// Tests of which it is kept who was let in; above this many all are forgotten, and read again.
const TALLIES: usize = 100;
/// The acts of a test are forgotten when nobody has waited for them for so many turns.
const IDLE_TURNS: u32 = 120;

/// The live side of all rooms on this node.
pub struct Live(Arc<Shared>);

/// What the task and those who wait share.
pub(super) struct Shared {
    pub(super) cx: Services,
    pub(super) beats: Beats,
    news: Arc<Bell>,
    rooms: Arc<Bell>,
    state: Mutex<State>,
    is_closed: AtomicBool,
}

/// Wakes one of the two tasks.
#[derive(Default)]
struct Bell {
    /// Something happened that others wait for.
    urgent: Notify,
    /// Somebody has begun to wait.
    roused: Notify,
}

/// What a task sees to. News is not to wait until all rooms are read.
#[derive(Clone, Copy)]
enum Part {
    News,
    Rooms,
}

#[derive(Default)]
struct State {
    boards: HashMap<ExamSessionId, Board>,
    lines: HashMap<RoomKey, Line>,
    tallies: HashMap<ExamSessionId, AdmittedTally>,
}

/// One room that somebody looks at.
struct Line {
    told: watch::Sender<Option<Arc<Told>>>,
    base: Option<Arc<Base>>,
    log: RoomLog,
    turns: u32,
}

impl Live {
    /// Starts the task, on the system's own arbiter. It ends when the handle is dropped or closed.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "it lives as long as the handle")]
    pub fn start(cx: Services) -> Self {
        let shared = Arc::new(Shared {
            cx,
            beats: Beats::default(),
            news: Arc::default(),
            rooms: Arc::default(),
            state: Mutex::default(),
            is_closed: AtomicBool::new(false),
        });
        for part in [Part::News, Part::Rooms] {
            let weak = Arc::downgrade(&shared);
            System::current().arbiter().spawn_fn(move || {
                actix_web::rt::spawn(run(weak, part));
            });
        }
        Self(shared)
    }

    /// Lets everybody go who waits: the node is about to stop.
    pub fn close(&self) {
        self.0.is_closed.store(true, Ordering::Relaxed);
        *self.0.lock() = State::default();
        self.0.wake();
    }

    pub(super) fn shared(&self) -> &Arc<Shared> {
        &self.0
    }

    /// Something was done: who waits for it learns of it now, not with the next turn.
    pub(super) fn wake(&self) {
        self.0.wake();
    }

    /// A room as everybody is told of it; if nobody looks at it, as it is.
    ///
    /// # Errors
    /// `not-found`, or if the store fails.
    pub(super) async fn room(&self, key: RoomKey) -> AppResult<Arc<Told>> {
        let known = self.0.lock().lines.get(&key).and_then(|line| (*line.told.borrow()).clone());
        match known {
            Some(told) => Ok(told),
            None => self.fresh_room(key).await,
        }
    }

    /// A room as it is, for who has just done something there.
    ///
    /// # Errors
    /// `not-found`, or if the store fails.
    pub(super) async fn fresh_room(&self, key: RoomKey) -> AppResult<Arc<Told>> {
        let base = view::base(&self.0.cx, key).await?;
        let view = self.0.view(&base, (&mut RoomLog::default(), None)).await?;
        Told::first(view).map(Arc::new)
    }

    /// How many were let in, by room, of a whole test: what is new is read, and added to what this node knows.
    ///
    /// # Errors
    /// If the store fails.
    pub(super) async fn admitted(&self, id: ExamSessionId) -> AppResult<HashMap<ExamRoomId, u32>> {
        loop {
            let from = self.0.lock().tallies.get(&id).map_or(0, AdmittedTally::last);
            let new = store::list_admissions(self.0.cx.db.read(), id, from).await?;
            let mut state = self.0.lock();
            if state.tallies.len() > TALLIES {
                state.tallies.clear();
            }
            let tally = state.tallies.entry(id).or_default();
            if tally.take(from, &new) {
                return Ok(tally.rooms().clone());
            }
        }
    }

    /// The events of a room: first all of it, then what changes.
    pub(super) fn follow(&self, key: RoomKey) -> impl Stream<Item = Result<Bytes, actix_web::Error>> + use<> {
        let told = {
            let mut state = self.0.lock();
            let line = state.lines.entry(key).or_insert_with(Line::new);
            line.told.subscribe()
        };
        self.0.rooms.urgent.notify_one();
        events(told)
    }

    /// The number of the last news for a candidate: now, or once it is another than `heard`, or after `wait`.
    ///
    /// # Errors
    /// If the store fails.
    pub(super) async fn news(&self, place: &Place, heard: u64, wait: Duration) -> AppResult<u64> {
        let Some(mut latest) = self.0.board(place.exam_session_id).await? else { return Ok(heard) };
        let another = async {
            loop {
                let news = self.0.news_for(place);
                if news != heard || latest.changed().await.is_err() {
                    return news;
                }
            }
        };
        if wait.is_zero() {
            return Ok(self.0.news_for(place));
        }
        Ok(timeout(wait, another).await.unwrap_or_else(|_| self.0.news_for(place)))
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.0.is_closed.store(true, Ordering::Relaxed);
        self.0.wake();
    }
}

impl Line {
    fn new() -> Self {
        Self { told: watch::Sender::new(None), base: None, log: RoomLog::default(), turns: 0 }
    }
}

async fn run(shared: Weak<Shared>, part: Part) {
    loop {
        let Some(shared) = shared.upgrade().filter(|shared| !shared.is_closed()) else { return };
        let is_busy = match part {
            Part::News => shared.tell_news().await,
            Part::Rooms => shared.tell_rooms().await,
        };
        let bell = shared.bell(part);
        drop(shared);
        if is_busy {
            tokio::select! {
                () = bell.urgent.notified() => {}
                () = sleep(TICK) => {}
            }
        } else {
            tokio::select! {
                () = bell.urgent.notified() => {}
                () = bell.roused.notified() => {}
            }
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::Relaxed)
    }

    /// Somebody has begun to wait, or told something that is to be written.
    pub(super) fn rouse(&self) {
        self.news.roused.notify_one();
    }

    fn bell(&self, part: Part) -> Arc<Bell> {
        match part {
            Part::News => self.news.clone(),
            Part::Rooms => self.rooms.clone(),
        }
    }

    fn wake(&self) {
        self.news.urgent.notify_one();
        self.rooms.urgent.notify_one();
    }

    /// Where the number of the last act of a test is told; none once the node is about to stop.
    async fn board(&self, id: ExamSessionId) -> AppResult<Option<watch::Receiver<i64>>> {
        if self.is_closed() {
            return Ok(None);
        }
        if let Some(board) = self.lock().boards.get(&id) {
            return Ok(Some(board.latest.subscribe()));
        }
        let heads = store::list_act_heads(self.cx.db.read(), id, 0).await?;
        let mut state = self.lock();
        let board = state.boards.entry(id).or_insert_with(|| Board::of(&heads));
        Ok(Some(board.latest.subscribe()))
    }

    /// The number of the last act that concerns a candidate.
    fn news_for(&self, place: &Place) -> u64 {
        let last = self.lock().boards.get(&place.exam_session_id).map_or(0, |board| board.last_for(place));
        u64::try_from(last).unwrap_or_default()
    }

    /// Reads what is new for candidates' devices and writes what they told; whether anybody waits for the next time.
    async fn tell_news(&self) -> bool {
        if let Err(error) = self.read_boards().await {
            tracing::warn!(error = %error, "rooms.acts_not_read");
        }
        if let Err(error) = self.beats.save(&self.cx).await {
            tracing::warn!(error = %error, "rooms.presence_not_saved");
        }
        let has_boards = !self.lock().boards.is_empty();
        has_boards || self.beats.are_any()
    }

    /// Reads every room that somebody looks at; whether there is any.
    async fn tell_rooms(&self) -> bool {
        let keys: Vec<RoomKey> = {
            let mut state = self.lock();
            state.lines.retain(|_, line| line.told.receiver_count() > 0);
            state.lines.keys().copied().collect()
        };
        let is_any = !keys.is_empty();
        let read = |key| async move {
            if let Err(error) = self.read_room(key).await {
                tracing::warn!(error = %error, "rooms.room_not_read");
            }
        };
        iter(keys).for_each_concurrent(AT_ONCE, read).await;
        is_any
    }

    /// Reads the acts that are new of every test for whose acts somebody waits.
    async fn read_boards(&self) -> AppResult<()> {
        let waited: Vec<(ExamSessionId, i64)> = {
            let mut state = self.lock();
            for board in state.boards.values_mut() {
                board.idle_turns = if board.latest.receiver_count() > 0 { 0 } else { board.idle_turns + 1 };
            }
            state.boards.retain(|_, board| board.idle_turns < IDLE_TURNS);
            state.boards.iter().map(|(id, board)| (*id, *board.latest.borrow())).collect()
        };
        for (id, last) in waited {
            let new = store::list_act_heads(self.cx.db.read(), id, last).await?;
            if let Some(board) = self.lock().boards.get_mut(&id) {
                board.add(&new);
            }
        }
        Ok(())
    }

    /// A room as it is.
    async fn view(&self, base: &Base, known: (&mut RoomLog, Option<&WatchedRoom>)) -> AppResult<WatchedRoom> {
        view::room(&self.cx, base, known, |ids| self.beats.heard(ids, self.cx.clock.now())).await
    }

    /// The acts of a room that were read, and what was told of it last.
    fn told_of(&self, key: RoomKey) -> (RoomLog, Option<Arc<Told>>) {
        let state = self.lock();
        let known = state.lines.get(&key).map(|line| (line.log.clone(), (*line.told.borrow()).clone()));
        known.unwrap_or_default()
    }

    /// Reads one room for all who look at it, and tells them if it is another than before.
    async fn read_room(&self, key: RoomKey) -> AppResult<()> {
        let known = self.lock().lines.get(&key).and_then(|line| line.base.clone().filter(|_| line.turns < BASE_TURNS));
        let (base, is_new) = match known {
            Some(base) => (base, false),
            None => (Arc::new(view::base(&self.cx, key).await?), true),
        };
        let (mut log, before) = self.told_of(key);
        let view = self.view(&base, (&mut log, before.as_deref().map(|told| &told.view))).await?;
        if let Some(line) = self.lock().lines.get_mut(&key) {
            line.turns = if is_new { 0 } else { line.turns + 1 };
            (line.base, line.log) = (Some(base), log);
            let told = Told::after(line.told.borrow().as_deref(), view)?;
            if let Some(told) = told {
                line.told.send_replace(Some(Arc::new(told)));
            }
        }
        Ok(())
    }
}
