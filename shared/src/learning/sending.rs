//! What a phone sends after something came back: study first, then one assignment after the other.

/// What came of an attempt to send something that was kept on a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendOutcome {
    /// The server has it.
    Taken,
    /// The server will not take it as it is.
    Refused,
    /// The phone cannot read it.
    Unreadable,
    /// The server was not reached.
    Away,
    /// The server answered, and may take it when it is asked again.
    Trouble,
}

impl SendOutcome {
    /// Whether assignments are sent after study: what the server says of one does not keep the other back.
    #[must_use]
    pub const fn lets_hand_ins_go(self) -> bool {
        !matches!(self, Self::Away)
    }

    /// Whether the next assignment is sent after this one: one that is refused, or that the phone cannot read, keeps no
    /// other back. A server that has trouble is asked again later.
    #[must_use]
    pub const fn lets_next_go(self) -> bool {
        !matches!(self, Self::Away | Self::Trouble)
    }
}

#[cfg(test)]
mod tests {
    use super::SendOutcome::{Away, Refused, Taken, Trouble, Unreadable};

    #[test]
    fn study_that_is_not_taken_keeps_no_assignment_back() {
        assert!([Taken, Refused, Unreadable, Trouble].iter().all(|outcome| outcome.lets_hand_ins_go()));
        assert!(!Away.lets_hand_ins_go(), "nothing is reached then");
    }

    #[test]
    fn an_assignment_that_cannot_be_sent_keeps_no_other_back() {
        assert!([Taken, Refused, Unreadable].iter().all(|outcome| outcome.lets_next_go()));
        assert!([Away, Trouble].iter().all(|outcome| !outcome.lets_next_go()));
    }
}
