//! What happened to the requests that are open: who took them on, what was said, and when.

use super::dates::instant;
use super::random::Random;
use super::sheet::{Kind, Sheets};
use std::io;

/// The provider's engineers.
const ENGINEERS: &[&str] = &[
    "ondrej.kral@meridian.example",
    "beata.wrona@meridian.example",
    "luca.fontana@meridian.example",
    "zuzana.adamcova@meridian.example",
];

const DESCRIPTIONS: &[&str] = &[
    "Since the change on Tuesday; every user of the site is concerned. A restart helps for an hour.",
    "Objavilo sa to včera po obede, týka sa to celej pobočky. Reštart nepomohol.",
    "Seen first in the night run. The log of the server shows nothing; a trace can be made on request.",
    "Dotyczy około 40 osób. Próbowaliśmy: restart, nowy profil, inna sieć.",
    "We want to decide on this until the end of the month, and ask for a written recommendation.",
    "Succede solo con gli account nuovi, creati dopo l'aggiornamento; gli altri lavorano.",
];

const NOTES: &[&str] = &[
    "Had a look at it together with the customer, the trace is being read.",
    "Reproduced in the lab; the cause is being looked for.",
    "Zmena konfigurácie navrhnutá, čaká sa na okno údržby.",
    "The step that was agreed on the phone did not help, the next one is sent.",
];

const QUESTIONS: &[&str] = &[
    "Please send the trace of the next occurrence, with the time at which it begins.",
    "Which version runs on the other node?",
    "Pošlite, prosím, výpis z denníka za posledné dva dni.",
];

/// A moment in UTC.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    day: i32,
    seconds: u32,
}

impl Moment {
    pub(super) fn new(day: i32, seconds: u32) -> Self {
        Self { day, seconds }
    }

    fn later(self, minutes: u32) -> Self {
        let seconds = self.seconds + minutes * 60;
        Self {
            day: self.day + (seconds / 86_400).cast_signed(),
            seconds: seconds % 86_400,
        }
    }

    fn text(self) -> String {
        instant(self.day, self.seconds)
    }
}

/// A request, as far as its history needs to know it.
pub(super) struct History<'a> {
    pub(super) number: &'a str,
    /// Empty when nobody knows who filed it.
    pub(super) contact: &'a str,
    pub(super) state: &'a str,
    pub(super) language: &'a str,
    pub(super) opened: Moment,
}

impl History<'_> {
    /// Writes what happened and answers the cells from description to first answer; those of a request that is
    /// done, or was never filed, are empty.
    pub(super) fn write(&self, random: &mut Random, to: &mut Sheets) -> io::Result<[String; 5]> {
        if !matches!(self.state, "open" | "in-progress" | "awaiting-customer") {
            return Ok(Default::default());
        }
        let described = [random.text(DESCRIPTIONS), self.language, self.contact].map(str::to_owned);
        if !self.contact.is_empty() {
            self.event(to, self.opened, self.contact, ["state", "", "open", ""])?;
        }
        let engineer = random.text(ENGINEERS);
        let (answer, note) = (random.below(200) + 15, random.below(150) + 20);
        let [description, language, filed_by] = described;
        if self.state == "open" {
            return Ok([description, language, filed_by, String::new(), String::new()]);
        }
        let answered = self.opened.later(answer);
        self.event(to, answered, engineer, ["assignee", "", engineer, ""])?;
        self.event(to, answered, engineer, ["state", "open", "in-progress", ""])?;
        let noted = answered.later(note);
        self.event(to, noted, engineer, ["note", "", "", random.text(NOTES)])?;
        if self.state == "awaiting-customer" {
            let asked = noted.later(random.below(900) + 60);
            let question = random.text(QUESTIONS);
            let states = ["state", "in-progress", "awaiting-customer", question];
            self.event(to, asked, engineer, states)?;
        }
        Ok([
            description,
            language,
            filed_by,
            engineer.to_owned(),
            answered.text(),
        ])
    }

    fn event(&self, to: &mut Sheets, at: Moment, account: &str, what: [&str; 4]) -> io::Result<()> {
        let at = at.text();
        to.row(
            Kind::Events,
            &[&[self.number, at.as_str(), account][..], &what].concat(),
        )
    }
}
