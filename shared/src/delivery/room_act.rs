//! What is asked of an exam room: acts, and who watches it.

use super::RoomActKind;
use crate::{
    ids::{AccountId, ExamRoomId},
    people::{check_reason, check_words},
    problem::FieldError,
};
use serde::{Deserialize, Serialize};

/// Characters of what is said to candidates.
const ANNOUNCEMENT_CHARS: usize = 300;
/// Numbers that a seat may have.
const SEATS: std::ops::RangeInclusive<u8> = 1..=200;
/// Minutes that one act may give back.
const MINUTES: std::ops::RangeInclusive<u16> = 1..=30;

/// Body of `POST /exam_sessions/{id}/rooms/{room_id}/acts`. Which fields are needed, `kind` says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewRoomAct {
    /// What is done.
    pub kind: RoomActKind,
    /// 准考证号 of the candidate; without it, pause, resumption, time and announcement are for all who sit in the room.
    pub ticket_number: Option<String>,
    /// Why it is done, or what is announced.
    pub text: Option<String>,
    /// Minutes that are given back.
    pub minutes: Option<u16>,
    /// The seat at which the candidate goes on.
    pub seat: Option<u8>,
    /// When somebody is let in: whether the document is theirs.
    pub document_matches: Option<bool>,
    /// When somebody is let in: whether the photo shows them.
    pub photo_matches: Option<bool>,
}

impl NewRoomAct {
    /// The act in the form in which it is kept: what its kind needs, and nothing else.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn checked(&self) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut missing = |is_missing: bool, pointer: &str| {
            if is_missing {
                errors.push(FieldError::new(pointer, "required"));
            }
        };
        let ticket_number = said(self.ticket_number.as_deref());
        missing(needs_ticket(self.kind) && ticket_number.is_none(), "/ticket_number");
        let is_admission = self.kind == RoomActKind::Admit;
        missing(is_admission && self.document_matches.is_none(), "/document_matches");
        missing(is_admission && self.photo_matches.is_none(), "/photo_matches");
        let gives_time = self.kind == RoomActKind::ReturnTime;
        missing(gives_time && self.minutes.is_none(), "/minutes");
        let changes_seat = self.kind == RoomActKind::ChangeSeat;
        missing(changes_seat && self.seat.is_none(), "/seat");
        missing(self.needs_text() && said(self.text.as_deref()).is_none(), "/text");
        if gives_time && self.minutes.is_some_and(|minutes| !MINUTES.contains(&minutes)) {
            errors.push(FieldError::new("/minutes", "out-of-range"));
        }
        if changes_seat && self.seat.is_some_and(|seat| !SEATS.contains(&seat)) {
            errors.push(FieldError::new("/seat", "out-of-range"));
        }
        let text = said(self.text.as_deref()).map(|text| match self.kind {
            RoomActKind::Announce => check_words(&text, "/text", ANNOUNCEMENT_CHARS),
            _ => check_reason(&text, "/text"),
        });
        let text = text.transpose().unwrap_or_else(|error| {
            errors.push(error);
            None
        });
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Self {
            kind: self.kind,
            ticket_number,
            text,
            minutes: self.minutes.filter(|_| gives_time),
            seat: self.seat.filter(|_| changes_seat),
            document_matches: self.document_matches.filter(|_| is_admission),
            photo_matches: self.photo_matches.filter(|_| is_admission),
        })
    }

    /// Whether it has to be said why. Who is let in although something does not match is let in for a reason.
    #[must_use]
    pub fn needs_text(&self) -> bool {
        match self.kind {
            RoomActKind::Admit => self.document_matches == Some(false) || self.photo_matches == Some(false),
            RoomActKind::Resume | RoomActKind::ForceSubmit | RoomActKind::CollectPaper => false,
            _ => true,
        }
    }
}

/// Whether an act is of one candidate alone.
#[must_use]
pub const fn needs_ticket(kind: RoomActKind) -> bool {
    !matches!(kind, RoomActKind::Pause | RoomActKind::Resume | RoomActKind::ReturnTime | RoomActKind::Announce)
}

pub(super) fn said(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Body of `POST /exam_sessions/{id}/rooms/{room_id}/portrait`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ShowPortrait {
    /// 准考证号 of a candidate of the room.
    pub ticket_number: String,
}

/// Body of `POST /exam_sessions/{id}/spoken_keys`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReadOutKeys {
    /// The room that has no network.
    pub exam_room_id: ExamRoomId,
}

/// The key of one paper of a test, as it is read out (ADR 53).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpokenKey {
    /// The paper's title.
    pub title: String,
    /// What the devices show of the paper that they have, to tell it from the others.
    pub mark: String,
    /// Six groups of six digits; absent if the paper was sealed before there were such keys.
    pub code: Option<String>,
}

/// Body of `POST /exam_sessions/{id}/rooms/{room_id}/invigilators`: who watches the room from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AssignInvigilators {
    /// Everybody; who is not named any more does not watch it any more.
    pub account_ids: Vec<AccountId>,
}

/// Somebody who watches a room, or could.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvigilatorView {
    /// Who.
    pub account_id: AccountId,
    /// Their name.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn act(kind: RoomActKind) -> NewRoomAct {
        let (ticket_number, text) = (Some(" 26010601012304 ".to_owned()), Some(" 断电 ".to_owned()));
        let (document_matches, photo_matches) = (Some(true), Some(true));
        NewRoomAct { kind, ticket_number, text, minutes: Some(5), seat: Some(3), document_matches, photo_matches }
    }

    fn wrong(act: &NewRoomAct) -> Vec<String> {
        let errors = act.checked().err().unwrap_or_default();
        errors.into_iter().map(|error| format!("{} {}", error.pointer, error.code)).collect()
    }

    #[test]
    fn an_act_keeps_what_its_kind_needs() {
        for kind in RoomActKind::ALL {
            let kept = act(*kind).checked().unwrap();
            assert_eq!(kept.ticket_number.as_deref(), Some("26010601012304"), "{kind}");
            assert_eq!(kept.minutes.is_some(), *kind == RoomActKind::ReturnTime, "{kind}");
            assert_eq!(kept.document_matches.is_some(), *kind == RoomActKind::Admit, "{kind}");
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let bare = |kind| NewRoomAct {
            ticket_number: None,
            text: None,
            minutes: None,
            seat: None,
            document_matches: None,
            photo_matches: None,
            ..act(kind)
        };
        let admission = ["/ticket_number required", "/document_matches required", "/photo_matches required"];
        assert_eq!(wrong(&bare(RoomActKind::Admit)), admission);
        assert_eq!(wrong(&bare(RoomActKind::ReturnTime)), ["/minutes required", "/text required"]);
        assert_eq!(wrong(&bare(RoomActKind::Announce)), ["/text required"]);
        assert_eq!(wrong(&bare(RoomActKind::ForceSubmit)), ["/ticket_number required"]);
        let elsewhere = ["/ticket_number required", "/seat required", "/text required"];
        assert_eq!(wrong(&bare(RoomActKind::ChangeSeat)), elsewhere);
        assert_eq!(wrong(&bare(RoomActKind::Resume)), [] as [&str; 0]);
        let doubtful = NewRoomAct { photo_matches: Some(false), text: None, ..act(RoomActKind::Admit) };
        assert_eq!(wrong(&doubtful), ["/text required"], "who does not look like the photo is let in for a reason");
        let long = NewRoomAct { minutes: Some(31), ..act(RoomActKind::ReturnTime) };
        assert_eq!(wrong(&long), ["/minutes out-of-range"]);
    }
}
