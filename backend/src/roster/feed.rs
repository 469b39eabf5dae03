//! The file of a list on its way into the store and out of it: part by part, each sealed for its place.

use super::{
    entity::roster_file_part,
    seal::{file_part, open_bytes, seal_bytes},
    store,
};
use crate::platform::{
    Services,
    db::Tx,
    error::{AppError, AppResult},
};
use actix_web::rt::spawn;
use shared::ids::RosterBatchId;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use tokio::sync::mpsc;

/// Bytes of a part.
const PART_BYTES: usize = 256 * 1024;
/// Parts that are asked for and were not taken yet.
const PARTS_AHEAD: usize = 2;

/// Keeps a file within the write that keeps its list.
pub(super) async fn keep(cx: &Services, tx: &Tx, batch_id: RosterBatchId, bytes: &[u8]) -> AppResult<()> {
    for (part, bytes) in (0_i32..).zip(bytes.chunks(PART_BYTES)) {
        let content = seal_bytes(cx, &file_part(batch_id, part), bytes)?;
        store::insert_file_part(tx.conn(), roster_file_part::Model { batch_id, part, content }).await?;
    }
    Ok(())
}

/// A file as it comes out of the store, from wherever somebody reads it: one part of it is in memory, and the next one is
/// on its way. It is read away from the runtime, where waiting is allowed.
pub(super) struct Feed {
    /// Which parts are wanted …
    wanted: mpsc::Sender<i32>,
    /// … and these parts, in the same order.
    parts: mpsc::Receiver<AppResult<Vec<u8>>>,
    /// The part that is on its way.
    ahead: Option<i32>,
    /// The part in memory.
    part: Option<(i32, Vec<u8>)>,
    last: i32,
    part_bytes: u64,
    /// Bytes of the file.
    length: u64,
    /// Where it is read on.
    at: u64,
    failure: Option<AppError>,
}

impl Feed {
    /// The file of a list that waits.
    ///
    /// # Errors
    /// If it is gone.
    #[expect(clippy::disallowed_methods, reason = "it ends when nobody wants parts any more")]
    pub(super) async fn of(cx: &Services, id: RosterBatchId) -> AppResult<Self> {
        let last = store::last_file_part(cx.db.read(), id).await?.ok_or_else(gone)?;
        let end = open_part(cx, id, last).await?;
        let part_bytes = PART_BYTES as u64;
        let length = u64::from(last.unsigned_abs()) * part_bytes + end.len() as u64;
        let (wanted, wishes) = mpsc::channel(PARTS_AHEAD);
        let (sender, parts) = mpsc::channel(PARTS_AHEAD);
        spawn(send_parts(cx.clone(), id, wishes, sender));
        let part = Some((last, end));
        Ok(Self { wanted, parts, ahead: None, part, last, part_bytes, length, at: 0, failure: None })
    }

    /// Why the file could not be read on, if that is so.
    pub(super) fn take_failure(&mut self) -> Option<AppError> {
        self.failure.take()
    }

    /// The part in which the reading goes on. A file that came before files had parts is one, however long.
    fn number(&self) -> i32 {
        i32::try_from(self.at / self.part_bytes).unwrap_or(self.last).min(self.last)
    }

    /// Brings a part into memory, and asks for the one behind it.
    fn bring(&mut self, number: i32) -> io::Result<()> {
        self.part = None;
        if self.ahead != Some(number) {
            // Somebody went elsewhere.
            if self.ahead.take().is_some() {
                self.receive()?;
            }
            self.ask(number)?;
        }
        self.ahead = None;
        self.part = Some((number, self.receive()?));
        if number < self.last {
            self.ask(number + 1)?;
        }
        Ok(())
    }

    fn ask(&mut self, number: i32) -> io::Result<()> {
        self.ahead = Some(number);
        self.wanted.blocking_send(number).map_err(|_| self.fail(nobody()))
    }

    fn receive(&mut self) -> io::Result<Vec<u8>> {
        match self.parts.blocking_recv() {
            Some(Ok(part)) => Ok(part),
            Some(Err(error)) => Err(self.fail(error)),
            None => Err(self.fail(nobody())),
        }
    }

    fn fail(&mut self, error: AppError) -> io::Error {
        self.failure = Some(error);
        io::Error::other("the file of a list cannot be read on")
    }
}

fn nobody() -> AppError {
    AppError::internal("nobody sends the file of a list any more")
}

fn gone() -> AppError {
    AppError::internal("the file of a list is gone")
}

impl Read for Feed {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.length || to.is_empty() {
            return Ok(0);
        }
        let number = self.number();
        if self.part.as_ref().is_none_or(|(current, _)| *current != number) {
            self.bring(number)?;
        }
        let begin = usize::try_from(self.at - u64::from(number.unsigned_abs()) * self.part_bytes);
        let part = self.part.as_ref().map(|(_, part)| part.as_slice()).unwrap_or_default();
        let part = begin.ok().and_then(|begin| part.get(begin..)).unwrap_or_default();
        let length = part.len().min(to.len());
        to[..length].copy_from_slice(&part[..length]);
        self.at += length as u64;
        if length == 0 { Err(self.fail(gone())) } else { Ok(length) }
    }
}

impl Seek for Feed {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

/// Sends the parts that are wanted, until nobody wants any.
async fn send_parts(
    cx: Services,
    id: RosterBatchId,
    mut wanted: mpsc::Receiver<i32>,
    to: mpsc::Sender<AppResult<Vec<u8>>>,
) {
    while let Some(part) = wanted.recv().await {
        if to.send(open_part(&cx, id, part).await).await.is_err() {
            return;
        }
    }
}

async fn open_part(cx: &Services, id: RosterBatchId, part: i32) -> AppResult<Vec<u8>> {
    let sealed = store::find_file_part(cx.db.read(), id, part).await?.ok_or_else(gone)?;
    open_bytes(cx, &file_part(id, part), &sealed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of 5 bytes in parts of 2, whose parts come in this order; and who is told which are wanted.
    fn feed(sent: Vec<AppResult<Vec<u8>>>) -> (Feed, mpsc::Receiver<i32>) {
        let (wanted, wishes) = mpsc::channel(99);
        let (sender, parts) = mpsc::channel(99);
        for part in sent {
            sender.blocking_send(part).unwrap();
        }
        let feed =
            Feed { wanted, parts, ahead: None, part: None, last: 2, part_bytes: 2, length: 5, at: 0, failure: None };
        (feed, wishes)
    }

    fn file(parts: &[i32]) -> Vec<AppResult<Vec<u8>>> {
        parts.iter().map(|part| Ok([&b"ab"[..], b"cd", b"e"][part.unsigned_abs() as usize].to_vec())).collect()
    }

    fn wished(mut wishes: mpsc::Receiver<i32>) -> Vec<i32> {
        std::iter::from_fn(|| wishes.try_recv().ok()).collect()
    }

    #[test]
    fn a_file_is_read_from_its_beginning_as_often_as_it_takes() {
        let (mut feed, wishes) = feed(file(&[0, 1, 2, 0, 1, 2]));
        let mut text = String::new();
        feed.read_to_string(&mut text).unwrap();
        assert_eq!(text, "abcde");
        assert_eq!(feed.read(&mut [0; 4]).unwrap(), 0, "it stays at its end");
        feed.rewind().unwrap();
        text.clear();
        feed.read_to_string(&mut text).unwrap();
        assert_eq!(text, "abcde");
        assert_eq!(wished(wishes), [0, 1, 2, 0, 1, 2], "the next part is on its way while one is read");
    }

    #[test]
    fn a_file_is_read_from_wherever_somebody_goes() {
        let (mut feed, wishes) = feed(file(&[2, 1, 2, 0, 1]));
        let mut two = [0; 2];
        feed.seek(SeekFrom::End(-1)).unwrap();
        assert_eq!((feed.read(&mut two).unwrap(), two[0]), (1, b'e'));
        feed.seek(SeekFrom::Current(-3)).unwrap();
        assert_eq!((feed.read(&mut two).unwrap(), two), (2, *b"cd"));
        feed.seek(SeekFrom::Start(1)).unwrap();
        assert_eq!((feed.read(&mut two).unwrap(), two[0]), (1, b'b'), "what was on its way is left");
        assert!(feed.seek(SeekFrom::Current(-9)).is_err());
        feed.seek(SeekFrom::Start(7)).unwrap();
        assert_eq!(feed.read(&mut two).unwrap(), 0);
        assert_eq!(wished(wishes), [2, 1, 2, 0, 1]);
    }

    #[test]
    fn what_broke_a_file_off_is_told() {
        let (mut feed, wishes) = feed(vec![Ok(b"ab".to_vec()), Err(AppError::internal("gone"))]);
        assert!(feed.read_to_end(&mut Vec::new()).is_err());
        assert!(matches!(feed.take_failure(), Some(AppError::Internal(_))));
        drop(wishes);
        feed.rewind().unwrap();
        assert!(feed.read(&mut [0]).is_err(), "nobody sends any more");
    }
}
