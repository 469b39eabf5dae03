//! The text of a file, decoded part by part.

use super::Source;
use encoding_rs::{CoderResult, Decoder, Encoding};
use std::{
    io::{self, Read},
    ops::Range,
};

/// Bytes that are decoded at a time.
const PART_BYTES: usize = 64 * 1024;

/// A file as text, in UTF-8. What stands between letters without being one (a line of a cell, the end of a file in old
/// programs) is a space, and the last line has an end.
pub(super) struct Decoded<'a, S> {
    source: &'a mut S,
    decoder: Decoder,
    raw: Vec<u8>,
    /// The part of `raw` that is not decoded.
    left: Range<usize>,
    has_ended: bool,
    /// Whether the decoder has nothing more to give.
    is_over: bool,
    /// Whether some bytes were no text in this encoding.
    is_broken: bool,
    text: String,
    /// Bytes of `text` that were read.
    at: usize,
    /// Whether the text so far ends a line.
    ends_line: bool,
}

impl<'a, S: Source> Decoded<'a, S> {
    /// The file from its beginning; a mark of its encoding is left out.
    ///
    /// # Errors
    /// If the file is gone.
    pub(super) fn new(source: &'a mut S, encoding: &'static Encoding) -> io::Result<Self> {
        source.rewind()?;
        Ok(Self {
            source,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; PART_BYTES],
            left: 0..0,
            has_ended: false,
            is_over: false,
            is_broken: false,
            text: String::with_capacity(PART_BYTES),
            at: 0,
            ends_line: false,
        })
    }

    /// Whether some bytes, so far, were no text in this encoding.
    pub(super) const fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// The next part, as it was written; `None` at the end.
    ///
    /// # Errors
    /// If the file is gone.
    pub(super) fn next_part(&mut self) -> io::Result<Option<&str>> {
        self.text.clear();
        self.at = 0;
        while self.text.is_empty() && !self.is_over {
            if self.left.is_empty() && !self.has_ended {
                let read = self.source.read(&mut self.raw)?;
                self.left = 0..read;
                self.has_ended = read == 0;
            }
            let raw = &self.raw[self.left.clone()];
            let (result, read, is_broken) = self.decoder.decode_to_string(raw, &mut self.text, self.has_ended);
            self.left.start += read;
            self.is_broken |= is_broken;
            self.is_over = self.has_ended && result == CoderResult::InputEmpty;
        }
        if self.text.is_empty() {
            return Ok(None);
        }
        self.ends_line = self.text.ends_with('\n');
        Ok(Some(self.text.as_str()))
    }
}

impl<S: Source> Read for Decoded<'_, S> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.at == self.text.len() {
            let was_over = self.is_over;
            if self.next_part()?.is_some() && self.text.contains(is_stray_control) {
                // Into the same memory: its size is what the next part may take.
                let clean = self.text.replace(is_stray_control, " ");
                self.text.clear();
                self.text.push_str(&clean);
            }
            if self.is_over && !was_over && !self.ends_line {
                self.text.push('\n');
            }
        }
        let part = &self.text.as_bytes()[self.at..];
        let length = part.len().min(to.len());
        to[..length].copy_from_slice(&part[..length]);
        self.at += length;
        Ok(length)
    }
}

/// Whether a character stands between letters without being one, and without separating cells or rows.
pub(super) fn is_stray_control(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\t' | '\r' | '\n')
}
