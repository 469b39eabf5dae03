//! A sealed file of answers: the last resort of a device that cannot send what was written on it (DESIGN §5.8, ADR 39).
//!
//! The file is text: what it is, the sitting, a check code that people can compare, the device's key of this one file,
//! and the entries, which the server alone can open. It travels by whatever is at hand.

use super::{JournalEntry, is_chain};
use crate::{
    ids::SittingId,
    problem::{FieldError, ProblemCode},
    rights::text_enum,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Bytes of the largest file that is taken.
pub const MAX_ANSWER_FILE_BYTES: usize = 8 * 1024 * 1024;
/// What the key of a file is derived for.
pub const ANSWER_FILE_KEY: &str = "chengxi answer file 1";
/// The first line of every file.
const HEAD: &str = "chengxi-answers-1";
/// Bytes of the check code: nobody has to guess it, it tells what was broken on the way.
const CODE_BYTES: usize = 6;

/// A file of answers as it travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerFile {
    /// Whose answers they are.
    pub sitting_id: SittingId,
    /// The public key that the device made for this file: a point of P-256, uncompressed.
    pub sender: Vec<u8>,
    /// The entries as JSON, sealed: 12 bytes of nonce, then ciphertext and tag of AES-256-GCM.
    pub sealed: Vec<u8>,
}

impl AnswerFile {
    /// The check code, as it is shown and read out: three groups of four.
    #[must_use]
    pub fn code(&self) -> String {
        let digest = Sha256::new()
            .chain_update(self.sitting_id.0.as_bytes())
            .chain_update(&self.sender)
            .chain_update(&self.sealed)
            .finalize();
        let bytes: &[u8] = digest.as_ref();
        let groups: Vec<String> = bytes.chunks(2).take(CODE_BYTES / 2).map(hex::encode_upper).collect();
        groups.join("-")
    }

    /// What the sealed entries are bound to.
    #[must_use]
    pub fn belongs_to(sitting_id: SittingId) -> String {
        sitting_id.to_string()
    }

    /// The file.
    #[must_use]
    pub fn text(&self) -> String {
        let (sender, sealed) = (URL_SAFE_NO_PAD.encode(&self.sender), URL_SAFE_NO_PAD.encode(&self.sealed));
        format!("{HEAD}\n{}\n{}\n{sender}\n{sealed}\n", self.sitting_id, self.code())
    }

    /// Reads a file.
    ///
    /// # Errors
    /// `/file` is `answer-file-unknown` if it is something else, `answer-file-damaged` if it has changed on its way.
    pub fn parse(bytes: &[u8]) -> Result<Self, FieldError> {
        let unknown = || FieldError::new("/file", "answer-file-unknown");
        let damaged = || FieldError::new("/file", "answer-file-damaged");
        let text = std::str::from_utf8(bytes).map_err(|_| unknown())?;
        let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
        if lines.next() != Some(HEAD) {
            return Err(unknown());
        }
        let mut line = || lines.next().filter(|line| !line.is_empty()).ok_or_else(damaged);
        let (id, code, sender, sealed) = (line()?, line()?, line()?, line()?);
        let decoded = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| damaged());
        let sitting_id: SittingId = id.parse().map_err(|_| damaged())?;
        let file = Self { sitting_id, sender: decoded(sender)?, sealed: decoded(sealed)? };
        if file.code() == code { Ok(file) } else { Err(damaged()) }
    }
}

/// Whether entries that follow each other hang on each other, each as its device wrote it.
#[must_use]
pub fn are_intact(entries: &[JournalEntry]) -> bool {
    let mut sorted: Vec<&JournalEntry> = entries.iter().collect();
    sorted.sort_by_key(|entry| (entry.epoch, entry.seq));
    sorted.windows(2).all(|pair| {
        let [one, next] = pair else { return true };
        let follows = one.epoch == next.epoch && one.seq.checked_add(1) == Some(next.seq);
        !follows || is_chain(&one.previous_hash, &[(*one).clone(), (*next).clone()])
    })
}

text_enum! {
    /// Why an entry of a file is not taken.
    AnswerFileReason {
        /// It came after the late window, or does not prove that it was written in time, or before its part was closed.
        TimeUp = "time_up",
        /// The candidate has handed in: that is final.
        HandedIn = "handed_in",
        /// The sitting has no such epoch.
        UnknownEpoch = "unknown_epoch",
        /// The server has another answer under its number.
        OtherContent = "other_content",
        /// It answers an item that is not on the paper.
        OtherPaper = "other_paper",
        /// The test does not take answers now.
        NotRunning = "not_running",
    }
}

impl AnswerFileReason {
    /// What a refusal with this code means.
    #[must_use]
    pub const fn of(code: ProblemCode) -> Self {
        match code {
            ProblemCode::TimeUp | ProblemCode::PartClosed => Self::TimeUp,
            ProblemCode::SittingClosed => Self::HandedIn,
            ProblemCode::SittingTakenOver | ProblemCode::Malformed => Self::UnknownEpoch,
            ProblemCode::IdempotencyConflict => Self::OtherContent,
            ProblemCode::Invalid => Self::OtherPaper,
            _ => Self::NotRunning,
        }
    }
}

/// What became of a file of answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerFileReport {
    /// 准考证号 of the candidate.
    pub ticket_number: String,
    /// The check code of the file.
    pub code: String,
    /// Entries that the server did not have, and has now.
    pub taken: u32,
    /// Entries that it had already.
    pub known: u32,
    /// Entries that it does not take, by reason.
    pub refused: Vec<RefusedEntries>,
}

/// Entries that are not taken for one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefusedEntries {
    /// Why.
    pub reason: AnswerFileReason,
    /// How many.
    pub entries: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        delivery::{chain_start, entry_hash},
        ids::ItemId,
        item_bank::Response,
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    const SITTING: SittingId = SittingId(Uuid::from_u128(7));

    fn wrong(bytes: &[u8]) -> String {
        AnswerFile::parse(bytes).unwrap_err().code
    }

    proptest! {
        #[test]
        fn a_file_is_read_as_it_was_written_and_a_changed_one_is_told(
            sealed in prop::collection::vec(any::<u8>(), 1..200), at in 0..1_000usize,
        ) {
            let file = AnswerFile { sitting_id: SITTING, sender: vec![4; 65], sealed };
            let text = file.text();
            prop_assert_eq!(AnswerFile::parse(text.as_bytes()), Ok(file.clone()));
            let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
            prop_assert_eq!(AnswerFile::parse(windows.as_bytes()), Ok(file));
            let at = HEAD.len() + 1 + at % (text.trim_end().len() - HEAD.len() - 1);
            let mut changed = text.into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            prop_assert!(AnswerFile::parse(&changed).is_err());
        }
    }

    #[test]
    fn what_is_no_file_of_answers_and_what_was_cut_off_is_told() {
        let text = AnswerFile { sitting_id: SITTING, sender: vec![4; 65], sealed: vec![1; 40] }.text();
        assert_eq!(wrong(b"\xff\xfe"), "answer-file-unknown");
        assert_eq!(wrong(b"name,number\n"), "answer-file-unknown");
        assert_eq!(wrong(&text.as_bytes()[..text.len() - 9]), "answer-file-damaged");
        assert_eq!(wrong(format!("{HEAD}\n").as_bytes()), "answer-file-damaged");
    }

    #[test]
    fn entries_hang_on_each_other_within_an_epoch() {
        let entry = |epoch, seq, previous_hash| {
            let item_id = ItemId(Uuid::from_u128(1));
            JournalEntry { epoch, seq, item_id, response: Response::Single(0), monotonic_ms: seq, previous_hash }
        };
        let first = entry(1, 1, chain_start(SITTING));
        let second = entry(1, 2, entry_hash(&first));
        let fourth = entry(1, 4, "of the third, which the server has".to_owned());
        let other = entry(2, 1, chain_start(SITTING));
        assert!(are_intact(&[other, second.clone(), fourth, first.clone()]));
        let changed = JournalEntry { response: Response::Single(1), ..first };
        assert!(!are_intact(&[changed, second]));
    }

    #[test]
    fn each_reason_has_words_and_each_error_a_text() {
        let files = [include_str!("../../locales/zh-CN/delivery.json"), include_str!("../../locales/en/delivery.json")];
        let keys: Vec<String> =
            AnswerFileReason::ALL.iter().map(|reason| format!("file_reason_{}", reason.as_str())).collect();
        assert!(crate::problem::are_named(files, &keys));
        for code in ["answer-file-unknown", "answer-file-damaged", "answer-file-foreign"] {
            assert!(crate::problem::has_texts(&format!("field.{code}")), "{code}");
        }
    }
}
