//! Takes the fields out of a row's cells and gathers their faults.

use super::{
    Cell, ImportContext, MAX_NOTE_CHARS, MAX_TEXT_CHARS, RowFault, RowRefusal,
    date::{WrittenDate, read_date},
};
use crate::{
    organisation::{CreditCode, CreditCodeRefusal, DivisionCode, Located},
    person::{
        DocumentRefusal, DocumentType, EducationLevel, EthnicGroup, IdentityDocument, MAX_NAME_CHARS, Sex, is_child,
        is_invisible, mask_numbers, normalise_name, normalise_phone,
    },
    roster::{
        ColumnMapping, EmploymentState, GroupTag, RosterDetails, RosterField, StudyMode, StudyRoute, UpgradeIntent,
        Whereabouts, vocabulary::read_value,
    },
};
use jiff::civil::Date;

/// Digits that a spreadsheet keeps of a number.
const SPREADSHEET_DIGITS: usize = 15;

pub(super) struct Reader<'a> {
    cells: &'a [Cell<'a>],
    mapping: &'a ColumnMapping,
    context: &'a ImportContext<'a>,
    pub(super) faults: Vec<RowRefusal>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(cells: &'a [Cell<'a>], mapping: &'a ColumnMapping, context: &'a ImportContext<'a>) -> Self {
        Self { cells, mapping, context, faults: Vec::new() }
    }

    pub(super) fn name(&mut self) -> Option<String> {
        let text = self.needed(RosterField::Name)?;
        // A number in the wrong column is no name; it would be kept for everybody to see.
        let name = normalise_name(text).filter(|name| mask_numbers(name) == *name);
        let is_long = text.chars().count() > MAX_NAME_CHARS;
        self.or_fault(name, RosterField::Name, if is_long { RowFault::TooLong } else { RowFault::NameMalformed })
    }

    pub(super) fn document(&mut self) -> Option<IdentityDocument> {
        let stated = self.value(RosterField::DocumentType, DocumentType::parse);
        let text = self.needed(RosterField::DocumentNumber)?;
        let is_number = self.cell(RosterField::DocumentNumber).is_number;
        let kind = stated.unwrap_or_else(|| DocumentType::of_number(text));
        let parsed = if is_number && text.len() > SPREADSHEET_DIGITS {
            Err(DocumentRefusal::DestroyedBySpreadsheet)
        } else {
            IdentityDocument::parse(kind, text, self.context.today)
        };
        parsed.map_err(|refusal| self.fault(RosterField::DocumentNumber, document_fault(refusal))).ok()
    }

    /// Birth date and sex: the document's where it tells, otherwise those stated.
    pub(super) fn birth_date_and_sex(&mut self, document: Option<&IdentityDocument>) -> (Option<Date>, Option<Sex>) {
        let stated_sex = self.value(RosterField::Sex, Sex::parse);
        let stated_date = self.date(RosterField::BirthDate);
        let Some(document) = document else { return (None, None) };
        match (document.birth_date(), stated_date) {
            (Some(derived), Some(stated)) if !stated.allows(derived) => {
                self.fault(RosterField::BirthDate, RowFault::BirthDateDiffers);
            }
            // Nothing else tells the day.
            (None, Some(stated)) if !stated.is_whole() => self.fault(RosterField::BirthDate, RowFault::DateMalformed),
            _ => {}
        }
        if document.agrees_with(None, stated_sex).is_err() {
            self.fault(RosterField::Sex, RowFault::SexDiffers);
        }
        let born = document.birth_date().or(stated_date.map(|date| date.first));
        if born.is_some_and(|born| is_child(born, self.context.today)) {
            let told = document.birth_date().map_or(RosterField::BirthDate, |_| RosterField::DocumentNumber);
            self.fault(told, RowFault::UnderAge);
        }
        (born, document.sex().or(stated_sex))
    }

    /// The township of the residence, and what else its cell says. A list that names only the county
    /// around the importer's township means that township.
    pub(super) fn residence(&mut self) -> Option<(DivisionCode, &'a str)> {
        let (field, context) = (RosterField::ResidenceDivision, self.context);
        let text = self.text_of(field);
        if text.is_empty()
            && let Some(default) = context.default_residence
        {
            return Some((default, ""));
        }
        let fault = match context.gazetteer.locate(self.needed(field)?, context.home) {
            Located::At(code, rest) if context.gazetteer.is_innermost(code) => return Some((code, rest)),
            Located::At(code, rest) | Located::Outside(code, rest) => {
                match context.default_residence.filter(|default| code.contains(default)) {
                    Some(default) => return Some((default, rest)),
                    None if context.home.contains(&code) => RowFault::DivisionTooWide,
                    None => RowFault::DivisionOutside,
                }
            }
            Located::Several => RowFault::DivisionAmbiguous,
            Located::Unknown => RowFault::DivisionUnknown,
        };
        self.fault(field, fault);
        None
    }

    pub(super) fn details(&mut self) -> RosterDetails {
        use RosterField as Field;
        RosterDetails {
            ethnic_group: self.value(Field::EthnicGroup, EthnicGroup::parse),
            phone: self.parsed(Field::Phone, |text| normalise_phone(text).ok_or(RowFault::PhoneMalformed)),
            household: self.household(),
            village: self.short(Field::Village),
            residence_address: self.short(Field::ResidenceAddress),
            education_level: self.value(Field::EducationLevel, EducationLevel::parse),
            graduation_school: self.short(Field::GraduationSchool),
            graduation_year: self.graduation_year(),
            employment_state: self.value(Field::EmploymentState, EmploymentState::parse),
            employer: self.short(Field::Employer),
            employer_code: self.parsed(Field::EmployerCode, |text| CreditCode::parse(text).map_err(credit_code_fault)),
            industry: self.short(Field::Industry),
            job_post: self.short(Field::JobPost),
            group_tags: self.group_tags(),
            upgrade_intent: self.value(Field::UpgradeIntent, UpgradeIntent::parse),
            intent_reason: self.short(Field::IntentReason),
            study_route: self.value(Field::StudyRoute, StudyRoute::parse),
            study_mode: self.value(Field::StudyMode, StudyMode::parse),
            preferred_time: self.short(Field::PreferredTime),
            preferred_place: self.short(Field::PreferredPlace),
            surveyor: self.short(Field::Surveyor),
            survey_date: self.whole_date(Field::SurveyDate),
            note: self.bounded(Field::Note, MAX_NOTE_CHARS),
        }
    }

    /// What could not be read must not be kept as if it were a text.
    pub(super) fn readable(&mut self) {
        for field in self.mapping.0.keys() {
            let is_known = |fault: &RowRefusal| fault.field == *field;
            if self.text_of(*field).contains(char::REPLACEMENT_CHARACTER) && !self.faults.iter().any(is_known) {
                self.fault(*field, RowFault::Unreadable);
            }
        }
    }

    /// A household may be registered anywhere in the country, so that nothing about it is refused.
    fn household(&mut self) -> Whereabouts {
        let (text, address) = (self.short(RosterField::HouseholdDivision), self.short(RosterField::HouseholdAddress));
        let (division, rest) = match self.context.gazetteer.locate(&text, self.context.home) {
            Located::At(code, rest) | Located::Outside(code, rest) => (Some(code), rest),
            Located::Several | Located::Unknown => match DivisionCode::parse(&text) {
                Some(code) => (Some(code), ""),
                None => (None, text.as_str()),
            },
        };
        Whereabouts { division, address: format!("{rest}{address}") }
    }

    fn graduation_year(&mut self) -> Option<i16> {
        let this_year = self.context.today.year();
        self.parsed(RosterField::GraduationYear, |text| {
            let year = text.get(..4).and_then(|year| year.parse().ok());
            year.filter(|year| (1940..=this_year).contains(year)).ok_or(RowFault::YearMalformed)
        })
    }

    fn group_tags(&mut self) -> Vec<GroupTag> {
        let field = RosterField::GroupTags;
        let words = self.text_of(field).split(|c: char| c.is_whitespace() || is_separator(c));
        let mut tags = Vec::new();
        for word in words.filter(|word| !word.is_empty()) {
            match read_value(field, word).and_then(GroupTag::parse) {
                Some(tag) => tags.push(tag),
                None => self.faults.push(RowRefusal::new(field, RowFault::UnknownValue, word)),
            }
        }
        tags.sort_unstable();
        tags.dedup();
        tags
    }

    fn cell(&self, field: RosterField) -> Cell<'a> {
        self.mapping.column(field).and_then(|column| self.cells.get(column)).copied().unwrap_or_default()
    }

    /// What a cell says: nothing invisible around it, no apostrophe that only says that it is a text,
    /// no fraction of a whole number.
    fn text_of(&self, field: RosterField) -> &'a str {
        let cell = self.cell(field);
        let around = |c: char| c.is_whitespace() || is_invisible(c);
        let text = cell.text.trim_matches(around);
        let text = text.strip_prefix('\'').unwrap_or(text).trim_start_matches(around);
        if cell.is_number { text.strip_suffix(".0").unwrap_or(text) } else { text }
    }

    fn fault(&mut self, field: RosterField, fault: RowFault) {
        self.faults.push(RowRefusal::new(field, fault, self.text_of(field)));
    }

    fn or_fault<T>(&mut self, found: Option<T>, field: RosterField, fault: RowFault) -> Option<T> {
        if found.is_none() {
            self.fault(field, fault);
        }
        found
    }

    fn needed(&mut self, field: RosterField) -> Option<&'a str> {
        let text = self.text_of(field);
        self.or_fault((!text.is_empty()).then_some(text), field, RowFault::Required)
    }

    /// A field that may be empty.
    fn parsed<T>(&mut self, field: RosterField, parse: impl FnOnce(&str) -> Result<T, RowFault>) -> Option<T> {
        let text = self.text_of(field);
        if text.is_empty() {
            return None;
        }
        parse(text).map_err(|fault| self.fault(field, fault)).ok()
    }

    /// A field whose words stand in the table of values.
    fn value<T>(&mut self, field: RosterField, parse: fn(&str) -> Option<T>) -> Option<T> {
        self.parsed(field, |text| read_value(field, text).and_then(parse).ok_or(RowFault::UnknownValue))
    }

    fn date(&mut self, field: RosterField) -> Option<WrittenDate> {
        let (is_number, today) = (self.cell(field).is_number, self.context.today);
        self.parsed(field, |text| match read_date(Cell { text, is_number }) {
            None => Err(RowFault::DateMalformed),
            Some(date) if date.first > today => Err(RowFault::DateInFuture),
            Some(date) => Ok(date),
        })
    }

    fn whole_date(&mut self, field: RosterField) -> Option<Date> {
        let date = self.date(field)?;
        self.or_fault(date.is_whole().then_some(date.first), field, RowFault::DateMalformed)
    }

    fn short(&mut self, field: RosterField) -> String {
        self.bounded(field, MAX_TEXT_CHARS)
    }

    fn bounded(&mut self, field: RosterField, most: usize) -> String {
        let text = self.text_of(field);
        if text.len() > most && text.chars().count() > most {
            self.fault(field, RowFault::TooLong);
            return String::new();
        }
        text.to_owned()
    }
}

/// `、` `，` `；` `,` `;` `/` `|`.
const fn is_separator(c: char) -> bool {
    matches!(c, '\u{3001}' | '\u{FF0C}' | '\u{FF1B}' | ',' | ';' | '/' | '|')
}

fn document_fault(refusal: DocumentRefusal) -> RowFault {
    RowFault::parse(refusal.field_code()).unwrap_or(RowFault::DocumentMalformed)
}

fn credit_code_fault(refusal: CreditCodeRefusal) -> RowFault {
    RowFault::parse(refusal.field_code()).unwrap_or(RowFault::CreditCodeMalformed)
}
