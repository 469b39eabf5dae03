//! The file of a list on its way into the store and out of it: part by part, each sealed for its place.

use super::{
    entity::roster_file_part,
    seal::{file_part, open_bytes, seal_bytes},
    sheet::Source,
    store,
};
use crate::platform::{
    Services,
    db::Tx,
    error::{AppError, AppResult},
};
use actix_web::rt::spawn;
use shared::ids::RosterBatchId;
use std::io::{self, Read};
use tokio::sync::mpsc;

/// Bytes of a part.
const PART_BYTES: usize = 256 * 1024;
/// Parts that wait for the reader.
const PARTS_AHEAD: usize = 2;

/// Keeps a file within the write that keeps its list.
pub(super) async fn keep(cx: &Services, tx: &Tx, batch_id: RosterBatchId, bytes: &[u8]) -> AppResult<()> {
    for (part, bytes) in (0_i32..).zip(bytes.chunks(PART_BYTES)) {
        let content = seal_bytes(cx, &file_part(batch_id, part), bytes)?;
        store::insert_file_part(tx.conn(), roster_file_part::Model { batch_id, part, content }).await?;
    }
    Ok(())
}

/// A file as it comes out of the store, again and again, as long as somebody reads it. It is read away from the
/// runtime, where waiting is allowed.
pub(super) struct Feed {
    /// The parts; nothing after the last one, and then the first one again.
    parts: mpsc::Receiver<AppResult<Option<Vec<u8>>>>,
    part: Vec<u8>,
    /// Bytes of the part that were read.
    at: usize,
    /// Whether nothing was read since the beginning.
    is_new: bool,
    is_over: bool,
    failure: Option<AppError>,
}

impl Feed {
    /// The file of a list that waits.
    #[expect(clippy::disallowed_methods, reason = "it ends when nobody takes the parts any more")]
    pub(super) fn of(cx: &Services, id: RosterBatchId) -> Self {
        let (sender, parts) = mpsc::channel(PARTS_AHEAD);
        spawn(send_parts(cx.clone(), id, sender));
        Self { parts, part: Vec::new(), at: 0, is_new: true, is_over: false, failure: None }
    }

    /// Why the file could not be read on, if that is so.
    pub(super) fn take_failure(&mut self) -> Option<AppError> {
        self.failure.take()
    }

    fn next_part(&mut self) -> io::Result<()> {
        (self.at, self.is_new) = (0, false);
        self.part.clear();
        match self.parts.blocking_recv() {
            Some(Ok(Some(part))) => self.part = part,
            Some(Ok(None)) => self.is_over = true,
            Some(Err(error)) => return Err(self.fail(error)),
            None => return Err(self.fail(AppError::internal("nobody reads the file of a list any more"))),
        }
        Ok(())
    }

    fn fail(&mut self, error: AppError) -> io::Error {
        self.failure = Some(error);
        io::Error::other("the file of a list cannot be read on")
    }
}

impl Read for Feed {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while self.at == self.part.len() && !self.is_over {
            self.next_part()?;
        }
        let part = &self.part[self.at..];
        let length = part.len().min(to.len());
        to[..length].copy_from_slice(&part[..length]);
        self.at += length;
        Ok(length)
    }
}

impl Source for Feed {
    fn rewind(&mut self) -> io::Result<()> {
        while !self.is_new && !self.is_over {
            self.next_part()?;
        }
        (self.is_new, self.is_over) = (true, false);
        self.part.clear();
        self.at = 0;
        Ok(())
    }
}

/// Sends the parts of a file over and over, until nobody wants them.
async fn send_parts(cx: Services, id: RosterBatchId, to: mpsc::Sender<AppResult<Option<Vec<u8>>>>) {
    loop {
        for part in 0_i32.. {
            let sent = open_part(&cx, id, part).await;
            let is_last = !matches!(sent, Ok(Some(_)));
            if to.send(sent).await.is_err() {
                return;
            }
            if is_last {
                break;
            }
        }
    }
}

async fn open_part(cx: &Services, id: RosterBatchId, part: i32) -> AppResult<Option<Vec<u8>>> {
    match store::find_file_part(cx.db.read(), id, part).await? {
        Some(sealed) => open_bytes(cx, &file_part(id, part), &sealed).map(Some),
        None if part == 0 => Err(AppError::internal("the file of a list is gone")),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of these parts, sent over and over.
    fn feed(parts: Vec<AppResult<Option<Vec<u8>>>>) -> Feed {
        let (sender, sent) = mpsc::channel(parts.len());
        for part in parts {
            sender.blocking_send(part).unwrap();
        }
        Feed { parts: sent, part: Vec::new(), at: 0, is_new: true, is_over: false, failure: None }
    }

    fn file() -> [AppResult<Option<Vec<u8>>>; 4] {
        [Ok(Some(b"ab".to_vec())), Ok(Some(Vec::new())), Ok(Some(b"c".to_vec())), Ok(None)]
    }

    #[test]
    fn a_file_is_read_from_its_beginning_as_often_as_it_takes() {
        let mut feed = feed([file(), file(), file()].into_iter().flatten().collect());
        let mut text = String::new();
        feed.read_to_string(&mut text).unwrap();
        assert_eq!(text, "abc");
        assert_eq!(feed.read(&mut [0; 4]).unwrap(), 0, "it stays at its end");
        feed.rewind().unwrap();
        feed.read_exact(&mut [0]).unwrap();
        feed.rewind().unwrap();
        assert_eq!(feed.whole().unwrap().as_ref(), b"abc", "it was left in the middle");
    }

    #[test]
    fn what_broke_a_file_off_is_told() {
        let mut feed = feed(vec![Ok(Some(b"ab".to_vec())), Err(AppError::internal("gone"))]);
        assert!(feed.read_to_end(&mut Vec::new()).is_err());
        assert!(matches!(feed.take_failure(), Some(AppError::Internal(_))));
        assert!(feed.rewind().is_err(), "nobody sends any more");
    }
}
