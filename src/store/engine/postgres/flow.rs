//! Rows on their way: taken from the connection as they are asked for, so that an export of any size needs the memory
//! of a few. Only one answer can be on its way on a connection; when another statement comes, the rest is taken first.

use futures_util::Stream;
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio_postgres::{Error, Row, RowStream};

/// So many rows are taken together, if they are there.
const TOGETHER: usize = 256;

/// The rows of an answer that were not asked for yet.
pub(crate) struct Flow {
    /// None when the last one has come.
    stream: Option<Pin<Box<RowStream>>>,
    ahead: VecDeque<Row>,
    failed: Option<Error>,
}

impl Flow {
    pub fn of(stream: RowStream) -> Self {
        Self {
            stream: Some(Box::pin(stream)),
            ahead: VecDeque::new(),
            failed: None,
        }
    }

    /// The next row, if it is here; true when none will come any more.
    pub fn next(&mut self) -> Result<(Option<Row>, bool), Error> {
        if let Some(row) = self.ahead.pop_front() {
            return Ok((Some(row), false));
        }
        match self.failed.take() {
            Some(error) => Err(error),
            None => Ok((None, self.stream.is_none())),
        }
    }

    /// Waits for a row, and takes those that are there with it; with `all`, to the end.
    pub fn fill(&mut self, cx: &mut Context<'_>, all: bool) -> Poll<()> {
        let mut taken = 0;
        while let Some(stream) = &mut self.stream {
            match stream.as_mut().poll_next(cx) {
                Poll::Ready(Some(Ok(row))) => {
                    self.ahead.push_back(row);
                    taken += 1;
                }
                Poll::Ready(Some(Err(error))) => {
                    self.failed = Some(error);
                    self.stream = None;
                }
                Poll::Ready(None) => self.stream = None,
                Poll::Pending if taken == 0 || all => return Poll::Pending,
                Poll::Pending => break,
            }
            if taken >= TOGETHER && !all {
                break;
            }
        }
        Poll::Ready(())
    }
}
