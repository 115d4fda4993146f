//! What comes with Cairn, built into the program: one table for each folder of `assets`, in the
//! order of the library.

/// A file of a folder with its name.
macro_rules! files {
    ($folder:literal: $($name:literal,)*) => {
        &[$(($name, include_str!(concat!("../../assets/", $folder, "/", $name)))),*]
    };
}

/// The templates: the meetings of the year, coaching, careers, exams, hard conversations,
/// culture, reverse mentoring, writing alone.
pub const TEMPLATES: &[(&str, &str)] = files! { "templates":
    "first-meeting.json",
    "first-meeting-new-to-uk.json",
    "mid-point-review.json",
    "end-of-placement.json",
    "before-arcp.json",
    "after-arcp.json",
    "ten-minute-check-in.json",
    "three-things.json",
    "handover.json",
    "task-coaching.json",
    "confidence-coaching.json",
    "relationship-first-coaching.json",
    "feelings-first-coaching.json",
    "stuck-and-tangled.json",
    "career-know-yourself.json",
    "career-explore.json",
    "career-decide.json",
    "career-do-it.json",
    "career-plan.json",
    "application-not-successful.json",
    "flexible-training.json",
    "insider-knowledge.json",
    "ready-to-sit.json",
    "after-a-failed-exam.json",
    "revision-plan-review.json",
    "learning-differences.json",
    "preparing-a-hard-conversation.json",
    "progress-conversation.json",
    "support-plan-review.json",
    "feedback-on-something-i-saw.json",
    "feedback-debrief.json",
    "after-a-serious-event.json",
    "wellbeing-and-return.json",
    "culture-and-belonging.json",
    "when-bias-is-raised.json",
    "reverse-mentoring-contract.json",
    "reverse-mentoring-session.json",
    "reverse-mentoring-review.json",
    "reflection-small.json",
    "reflection-medium.json",
    "reflection-large.json",
    "reflection-free.json",
    "decision-check.json",
    "fairness-log.json",
};

/// The modules, in the order of the aims they serve.
pub const MODULES: &[(&str, &str)] = files! { "modules":
    "differential-attainment.md",
    "challenging-conversations.md",
    "exam-support.md",
    "career-coaching.md",
    "cultural-understanding.md",
    "reverse-mentoring.md",
    "conscious-decisions.md",
    "leadership.md",
};

/// The lists: capabilities, the review of progress, everything else.
pub const LISTS: &[(&str, &str)] = files! { "lists":
    "gpc.json",
    "gmp.json",
    "foundation.json",
    "gp.json",
    "imt.json",
    "surgery.json",
    "aome.json",
    "arcp-outcomes.json",
    "arcp-reasons.json",
    "form-r.json",
    "stages.json",
    "exams.json",
    "ltft.json",
    "oop.json",
    "support-levels.json",
    "keeping.json",
    "reflecting.json",
};

/// The cycles of meetings; the one for everybody else is the last.
pub const CYCLES: &[(&str, &str)] = files! { "cycles":
    "foundation.json",
    "gp.json",
    "hospital.json",
};
