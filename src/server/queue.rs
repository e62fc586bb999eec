//! A queue with an end: what does not fit in is told so at once, instead of waiting for ever.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, PoisonError};

/// Things that wait for a worker.
#[derive(Debug)]
pub struct Queue<T> {
    state: Mutex<State<T>>,
    news: Condvar,
    longest: usize,
}

#[derive(Debug)]
struct State<T> {
    waiting: VecDeque<T>,
    closed: bool,
}

impl<T> Queue<T> {
    /// An empty one.
    pub fn new(longest: usize) -> Self {
        let state = State {
            waiting: VecDeque::new(),
            closed: false,
        };
        Self {
            state: Mutex::new(state),
            news: Condvar::new(),
            longest,
        }
    }

    /// Puts something in; answers false when there is no room, or the queue is closed.
    pub fn put(&self, one: T) -> bool {
        let mut state = self.lock();
        if state.closed || state.waiting.len() >= self.longest {
            return false;
        }
        state.waiting.push_back(one);
        drop(state);
        self.news.notify_one();
        true
    }

    /// Takes the next; waits for it. None when the queue is closed and empty.
    pub fn take(&self) -> Option<T> {
        let mut state = self.lock();
        loop {
            if let Some(one) = state.waiting.pop_front() {
                return Some(one);
            }
            if state.closed {
                return None;
            }
            state = self.news.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// How many wait.
    pub fn length(&self) -> usize {
        self.lock().waiting.len()
    }

    /// Takes nothing in any more.
    pub fn close(&self) {
        self.lock().closed = true;
        self.news.notify_all();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_refused_and_a_closed_queue_is_worked_off() {
        let queue = Queue::new(2);
        assert!(queue.put(1) && queue.put(2) && !queue.put(3));
        assert_eq!(queue.take(), Some(1));
        assert!(queue.put(4));
        queue.close();
        assert!(!queue.put(5));
        assert_eq!(
            (queue.take(), queue.take(), queue.take()),
            (Some(2), Some(4), None)
        );
    }
}
