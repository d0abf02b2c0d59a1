"""The library of drawn figures: what each shows, in words for those who do not see it. Its shapes are a template."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DrawnFigure:
    """One drawing. `title` and `text` are read in its place; `caption` stands below it for everybody.

    `box` is the drawing's own measure. A sheet is printed as wide as the paper.
    """

    name: str
    title: str
    text: str
    caption: str
    box: str
    is_sheet: bool = False

    @property
    def template(self) -> str:
        return f"content/figures/{self.name}.html"


FIGURES = (
    DrawnFigure(
        "nerve-block",
        "Where a nerve block goes",
        "A cut through skin and muscle. An ultrasound probe rests on the skin and shows the nerve below. A thin needle "
        "comes in from the side and ends beside the nerve, not in it. The medicine lies around the nerve.",
        "The needle ends beside the nerve. The medicine flows around it. Ultrasound shows both.",
        "0 0 400 316",
    ),
    DrawnFigure(
        "central-and-peripheral",
        "Central and peripheral nerve blocks",
        "A person seen from the front. A band along the spine is marked central: near the spine, as an epidural. Five "
        "points on the nerves of face, arm, trunk, leg and foot are marked peripheral: farther out.",
        "Central blocks are done near the spine, peripheral blocks farther out.",
        "0 0 400 524",
    ),
    DrawnFigure(
        "epidural",
        "Where an epidural goes",
        "The spine from the side: bones and disks in front, the spinal cord behind them in its cover. A needle comes "
        "from the back, between two bones, and ends outside the cover. There the medicine is placed: in the epidural "
        "space.",
        "The needle comes from the back, between two bones, and stays outside the cover of the spinal cord.",
        "0 0 400 384",
    ),
    DrawnFigure(
        "first-visit",
        "A first visit, step by step",
        "A line with seven steps. A week before: one page on what hurts, what you take, what you have tried. You "
        "arrive: forms, weight, blood pressure; somebody may come with you. You talk: most of the visit. You are "
        "examined. You look at results. You agree on a plan of a few small parts with one goal. A date to look again.",
        "Most of a first visit is talk.",
        "0 0 400 530",
    ),
    DrawnFigure(
        "pain-team",
        "How a pain team works together",
        "You stand in the middle. Around you, each tied to you and to one another by a ring: physician, nurse, "
        "physical therapist, occupational therapist, psychologist and pharmacist.",
        "One plan, several people, and you in the middle. Not every team has all of them.",
        "0 16 400 360",
    ),
    DrawnFigure(
        "pain-diary",
        "A pain diary for one week",
        "A sheet to fill in. Seven rows, Monday to Sunday, each with room for pain from 0 to 10, hours of sleep, and "
        "what I did and what helped. Below: one thing I want to do again, and one question for my visit.",
        "Print this page, or copy the lines by hand.",
        "0 0 400 634",
        is_sheet=True,
    ),
    DrawnFigure(
        "safe-storage",
        "Opioids, kept safe",
        "Four pictures. A closed padlock: locked, away from all. A bottle with the word mine: never shared, in its own "
        "bottle. A nose spray: naloxone, near and shown to the family. A box with a slot: bring back what is left.",
        "Locked, never shared, naloxone near, and back to the pharmacy when you are done.",
        "0 0 400 352",
    ),
    DrawnFigure(
        "unity-circle-story",
        "How the Unity Circle came to be",
        "Three stages. First three people, each alone. Then the three arm in arm. Then the Unity Circle: three people "
        "in a ring, each with an arm around the next, inside a circle of fine marks, and heard together.",
        "Patient, survivor and caregiver: each alone, then arm in arm, then heard together.",
        "0 0 400 186",
    ),
    DrawnFigure(
        "how-pain-travels",
        "How pain travels",
        "One: a finger is hurt. Two: a nerve carries the signal, a line that swings and calms on its way. Three: in "
        "the spinal cord a gate lets more or less of it through. Four: the brain makes of it what we feel.",
        "The spinal cord and the brain can turn pain up, and they can turn it down.",
        "0 20 400 364",
    ),
    DrawnFigure(
        "pacing",
        "Pacing, over some weeks",
        "Two lines over the days. One swings between too much and days in bed, and each peak is lower than the one "
        "before. The other is even and grows slowly, until it stands higher than the first.",
        "Even days that grow a little do more in the end than good days that cost you the next three.",
        "0 0 408 328",
    ),
)
