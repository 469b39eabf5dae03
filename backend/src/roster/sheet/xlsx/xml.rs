//! XML as a row of events: nothing of it is kept but the event that was read last. What it may ask to fetch or to
//! unfold is refused.

use super::{
    super::{MAX_ROW_BYTES, SheetError},
    parts::Stepped,
};
use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesRef, BytesStart, Event},
};
use std::{
    borrow::Cow,
    io::{BufReader, ErrorKind},
};

/// Elements that lie within each other.
const MAX_DEPTH: usize = 64;
/// Bytes of what stands for a character that XML has not: `_x000D_`.
const ESCAPE_BYTES: usize = 7;

/// A part that is read.
pub(super) struct Xml<R> {
    reader: Reader<BufReader<R>>,
    event: Vec<u8>,
    depth: usize,
}

/// What stands in a text that may be written in several ways.
enum Run {
    /// A text, whose spaces at both ends count or not.
    Text {
        keeps_spaces: bool,
    },
    /// How it is spoken, which is no part of it.
    Spoken,
    Other,
}

impl<R: Stepped> Xml<R> {
    pub(super) fn of(part: BufReader<R>) -> Self {
        let mut reader = Reader::from_reader(part);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.expand_empty_elements = true;
        Self { reader, event: Vec::new(), depth: 0 }
    }

    /// The next event.
    ///
    /// # Errors
    /// If the part is broken, or what comes is larger than anything in a sheet.
    pub(super) fn event(&mut self) -> Result<Event<'_>, SheetError> {
        self.event.clear();
        self.reader.get_mut().get_mut().step();
        let event = self.reader.read_event_into(&mut self.event).map_err(|error| refused(&error))?;
        match &event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::DocType(_) => return Err(SheetError::NotASheet),
            _ => {}
        }
        if self.depth > MAX_DEPTH { Err(SheetError::TooLarge) } else { Ok(event) }
    }

    /// Goes on to the beginning of the first element of this name.
    ///
    /// # Errors
    /// If there is none.
    pub(super) fn find(&mut self, name: &str) -> Result<(), SheetError> {
        loop {
            match self.event()? {
                Event::Start(start) if start.local_name().as_ref() == name => return Ok(()),
                Event::Eof => return Err(SheetError::NotASheet),
                _ => {}
            }
        }
    }

    /// Shows every event up to the end of an element of this name.
    ///
    /// # Errors
    /// If the part breaks off before, or `see` refuses something.
    pub(super) fn each_up_to(
        &mut self,
        name: &str,
        mut see: impl FnMut(&Event<'_>) -> Result<(), SheetError>,
    ) -> Result<(), SheetError> {
        loop {
            match self.event()? {
                Event::End(end) if end.local_name().as_ref() == name => return Ok(()),
                Event::Eof => return Err(SheetError::NotASheet),
                event => see(&event)?,
            }
        }
    }

    /// Goes on to behind the element that has just begun.
    ///
    /// # Errors
    /// If the part breaks off before.
    pub(super) fn skip(&mut self) -> Result<(), SheetError> {
        let within = self.depth;
        while self.depth >= within {
            if matches!(self.event()?, Event::Eof) {
                return Err(SheetError::NotASheet);
            }
        }
        Ok(())
    }

    /// What stands in the element that has just begun.
    ///
    /// # Errors
    /// If the part breaks off before its end, or it is longer than any row.
    pub(super) fn text(&mut self) -> Result<String, SheetError> {
        let (within, mut text) = (self.depth, String::new());
        loop {
            match self.event()? {
                Event::Text(part) => text.push_str(&part.xml10_content()),
                Event::CData(part) => text.push_str(&part.xml10_content()),
                Event::GeneralRef(reference) => text.push_str(&resolved(&reference).ok_or(SheetError::NotASheet)?),
                Event::Eof => return Err(SheetError::NotASheet),
                _ => {}
            }
            if self.depth < within {
                return Ok(text);
            }
            check_length(&text)?;
        }
    }

    /// The text in the element that has just begun, be it in one piece or in several that look different.
    ///
    /// # Errors
    /// As for [`Self::text`].
    pub(super) fn rich_text(&mut self) -> Result<String, SheetError> {
        let (within, mut text) = (self.depth, String::new());
        loop {
            let run = match self.event()? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "t" => Run::Text { keeps_spaces: attribute(&start, "space")?.as_deref() == Some("preserve") },
                    "rPh" => Run::Spoken,
                    _ => Run::Other,
                },
                Event::Eof => return Err(SheetError::NotASheet),
                _ => Run::Other,
            };
            if self.depth < within {
                return Ok(text);
            }
            match run {
                Run::Text { keeps_spaces: true } => text.push_str(&unescaped(&self.text()?)),
                // Other spaces than these are part of a name.
                Run::Text { keeps_spaces: false } => {
                    text.push_str(&unescaped(self.text()?.trim_matches([' ', '\t', '\r', '\n'])));
                }
                Run::Spoken => self.skip()?,
                Run::Other => {}
            }
            check_length(&text)?;
        }
    }
}

fn check_length(text: &str) -> Result<(), SheetError> {
    if text.len() > MAX_ROW_BYTES { Err(SheetError::TooLarge) } else { Ok(()) }
}

fn refused(error: &quick_xml::Error) -> SheetError {
    match error {
        quick_xml::Error::Io(error) if error.kind() == ErrorKind::FileTooLarge => SheetError::TooLarge,
        _ => SheetError::NotASheet,
    }
}

fn resolved(reference: &BytesRef<'_>) -> Option<String> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => Some(character.to_string()),
        Ok(None) => resolve_predefined_entity(reference).map(str::to_owned),
        Err(_) => None,
    }
}

/// An attribute by its name without a prefix.
///
/// # Errors
/// If an attribute cannot be read.
pub(super) fn attribute<'e>(start: &'e BytesStart<'_>, name: &str) -> Result<Option<Cow<'e, str>>, SheetError> {
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| SheetError::NotASheet)?;
        if attribute.key.local_name().as_ref() == name {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            return value.map(Some).map_err(|_| SheetError::NotASheet);
        }
    }
    Ok(None)
}

/// A text in which spreadsheet programs wrote characters that XML has not by their numbers in UTF-16: `_x000D_`. What
/// only looks so begins with `_x005F_`.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let (mut units, mut rest) = (Vec::with_capacity(text.len()), text);
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        units.extend(before.encode_utf16());
        let unit = escaped_unit(from);
        units.push(unit.unwrap_or(u16::from(b'_')));
        rest = &from[if unit.is_some() { ESCAPE_BYTES } else { 1 }..];
    }
    units.extend(rest.encode_utf16());
    Cow::Owned(String::from_utf16_lossy(&units))
}

fn escaped_unit(text: &str) -> Option<u16> {
    let digits = text.get(2..6).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
    let is_closed = text.as_bytes().get(ESCAPE_BYTES - 1) == Some(&b'_');
    u16::from_str_radix(digits, 16).ok().filter(|_| is_closed)
}
