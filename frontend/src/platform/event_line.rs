//! Reads server-sent events out of the bytes of a line, however they are cut.

/// What has come of an event that is not whole yet.
#[derive(Default)]
pub struct EventLine(Vec<u8>);

impl EventLine {
    /// The events that are whole by now: the name of each, and what it says. What only says that the line lives is none.
    pub fn read(&mut self, bytes: &[u8]) -> Vec<(String, String)> {
        self.0.extend_from_slice(bytes);
        let mut events = Vec::new();
        while let Some(end) = self.0.windows(2).position(|two| two == b"\n\n") {
            let event: Vec<u8> = self.0.drain(..end + 2).collect();
            events.extend(event_of(&String::from_utf8_lossy(&event)));
        }
        events
    }
}

fn event_of(text: &str) -> Option<(String, String)> {
    let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name));
    Some((field("event: ")?.to_owned(), field("data: ")?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read_however_they_are_cut() {
        let line = "event: room\ndata: {\"name\":\"\u{e9}\"}\n\n: \n\nevent: change\ndata: {}\n\n".as_bytes();
        let whole = EventLine::default().read(line);
        assert_eq!(whole, [("room".into(), "{\"name\":\"\u{e9}\"}".into()), ("change".into(), "{}".into())]);
        for cut in 0..line.len() {
            let mut reader = EventLine::default();
            let parts = [reader.read(&line[..cut]), reader.read(&line[cut..])].concat();
            assert_eq!(parts, whole, "cut at {cut}");
        }
    }
}
