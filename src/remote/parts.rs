//! Parts of an export on their way to their places.

use super::calls::unspeakable;
use crate::api::frames::{self, Frame};
use crate::error::{Error, Result, codes};
use crate::hub::wire::Outlet;
use crate::output::Drain;
use std::collections::BTreeMap;
use std::io::Read;

/// Where they go, and which of them are open.
pub(super) struct Parts<'a> {
    to: &'a mut dyn Outlet,
    open: BTreeMap<u32, (Drain, bool)>,
}

impl<'a> Parts<'a> {
    /// All of them to one outlet.
    pub fn to(to: &'a mut dyn Outlet) -> Self {
        Self {
            to,
            open: BTreeMap::new(),
        }
    }

    /// Takes them in until the answer.
    pub fn take_in(&mut self, response: &mut dyn Read) -> Result<Vec<u8>> {
        loop {
            match Frame::read(response)?.ok_or_else(frames::cut)? {
                Frame::Begin(part) => {
                    part.name.as_deref().map_or(Ok(()), check_name)?;
                    let drain = self.to.open(part.name.as_deref())?;
                    self.open.insert(part.part, (drain, part.name.is_some()));
                }
                Frame::Bytes(part, bytes) => {
                    let (drain, _) = self.open.get_mut(&part).ok_or_else(unspeakable)?;
                    drain.block().extend_from_slice(&bytes);
                    drain.pass_on()?;
                }
                // A file of a folder is whole now. The one report is only when the hub says so at the end.
                Frame::End(part) => {
                    if self.open.get(&part).is_some_and(|(_, is_named)| *is_named)
                        && let Some((drain, _)) = self.open.remove(&part)
                    {
                        drain.finish()?;
                    }
                }
                Frame::Answer(_, answer) => return Ok(answer),
                Frame::Problem(problem) => return Err(problem.into_error()),
                _ => return Err(unspeakable()),
            }
        }
    }

    /// What is open is whole.
    pub fn finish(self) -> Result<()> {
        self.open
            .into_values()
            .try_for_each(|(drain, _)| drain.finish().map(|_| ()))
    }

    /// Nothing of what is open appears. Whoever could not write says why.
    pub fn abandon(self, error: Error) -> Error {
        self.open
            .into_values()
            .fold(error, |error, (drain, _)| drain.abandon(error))
    }
}

/// A hub names files below the folder that it was asked for, and no others.
fn check_name(name: &str) -> Result<()> {
    let is_plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0']);
    if name.split('/').all(is_plain) {
        return Ok(());
    }
    Err(codes::NOT_A_HUB.error(format!(
        "the hub names a file \"{name}\", which lies in no folder"
    )))
}
