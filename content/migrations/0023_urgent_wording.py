from django.db import migrations
from django.utils.text import slugify

from aapm_site.core.roles import CONTENT_EDITOR, crud, grant

CALL_911 = '<p><strong>Call <a href="tel:911">911</a> now</strong>, or have somebody near you call. {more}</p>'

URGENT = (
    (
        "Thoughts of suicide or self-harm",
        """suicid*
suiside*
sucide*
suicde*
kill myself
kill my self
killing myself
end my life
ending my life
end it all
take my own life
take my life
want to die
wanted to die
wish i was dead
wish i were dead
better off dead
dont want to live
do not want to live
no reason to live
nothing to live for
cant go on living
cant live like this
harm myself
want to hurt myself
wanted to hurt myself
going to hurt myself
might hurt myself
hurting myself on purpose
cut myself on purpose
cutting myself
self harm*
selfharm*
say goodbye to everyone
quiero morir
quiero morirme
matarme
quitarme la vida
suicid*me""",
        "<h2>You do not have to carry this alone</h2>"
        '<p><strong>Call or text <a href="tel:988">988</a></strong>, the Suicide &amp; Crisis Lifeline. A person answers '
        "at any hour, and it is free. You need not be sure that it is serious: being in pain is reason enough. "
        "Press 2 for Spanish.</p>"
        '<p>If you have hurt yourself, or may do so any moment, call <a href="tel:911">911</a>.</p>',
    ),
    (
        "Overdose or poisoning",
        """overdos*
over dos*
od on
oded
od ed
took too many
taken too many
took too much
taken too much
swallowed too many
wont wake up
will not wake up
cant wake him
cant wake her
cant wake them
not waking up
blue lips
lips are blue
lips turned blue
gurgling
stopped breathing
not breathing
isnt breathing
barely breathing
hardly breathing
poisoned
poisoning
child swallowed
kid swallowed
baby swallowed
child ate my
toddler ate
ate my patch
chewed my patch
chewed a patch
sobredosis
envenen*""",
        "<h2>This may be an overdose or a poisoning</h2>"
        + CALL_911.format(
            more="Give naloxone if there is any at hand: it does no harm to somebody who did not need it. "
            "Stay, keep them awake or lay them on their side, and do what the person on the phone says."
        )
        + "<p>Somebody is awake and feels well, and you are only unsure what was taken? Poison Help answers at any hour: "
        '<a href="tel:18002221222">1-800-222-1222</a>.</p>',
    ),
    (
        "Chest pain, stroke or trouble breathing",
        """chest pain*
chestpain*
chest pressure
chest tightness
chest is tight
chest feels tight
tight chest
pain in my chest
pain in his chest
pain in her chest
pain in the chest
chest hurt*
chest is hurting
crushing chest
heart attack*
cant breathe
cannot breathe
can not breathe
cant breath
cannot breath
trouble breathing
hard to breathe
struggling to breathe
short of breath
shortness of breath
choking
having a stroke
may be a stroke
signs of a stroke
stroke right now
face droop*
face is drooping
slurred speech
slurring
cant speak
cant move my arm
one side is numb
one side of my face
one side of his face
one side of her face
worst headache of my life
thunderclap headache
just passed out
keeps passing out
just fainted
coughing up blood
throwing up blood
vomiting blood
throat is closing
throat is swelling
tongue is swelling
anaphyla*
dolor de pecho
dolor en el pecho
no puedo respirar
ataque al corazon
derrame cerebral""",
        "<h2>This can be an emergency</h2>"
        + CALL_911.format(
            more="Pain or pressure in the chest, trouble breathing, a face that droops, an arm that goes weak, "
            "speech that slurs: minutes count, and nobody minds a call that was not needed."
        )
        + "<p>Do not drive yourself to the hospital.</p>",
    ),
    (
        "Sudden weakness, or fever after a procedure",
        """lost control of my bladder
lost control of my bowels
lost bladder control
lost bowel control
cant control my bladder
cant control my bowels
cant pee
cannot pee
cant urinate
cannot urinate
numb between my legs
numbness between my legs
groin is numb
saddle numbness
legs went weak
legs gave out
legs are suddenly weak
cant move my legs
cant feel my legs
cannot feel my legs
fever after my injection
fever after the injection
fever after my surgery
fever after an epidural
fever since the injection
fever since my injection
stiff neck and fever
fever and a stiff neck
pump is beeping
pump alarm
withdrawal from my pump""",
        "<h2>Please have this looked at today</h2>"
        "<p>Numbness between the legs, bladder or bowels that you cannot control, legs that suddenly go weak, or a fever "
        "after an injection or an operation can mean that a nerve or the spine is in danger. <strong>Go to an emergency "
        'department now, or call <a href="tel:911">911</a>.</strong></p>'
        "<p>Then call the office that treated you; the number for nights and weekends is on your papers.</p>",
    ),
    (
        "Violence at home",
        """hits me
beats me
beat me up
chokes me
choked me
strangl*
afraid of my husband
afraid of my wife
afraid of my partner
afraid of my boyfriend
afraid of my girlfriend
threatens to kill me
threatened to kill me
being abused
domestic violence
raped
me pega
me golpea""",
        "<h2>You deserve to be safe</h2>"
        '<p>If you are in danger now, call <a href="tel:911">911</a>. The National Domestic Violence Hotline answers at '
        'any hour: <a href="tel:18007997233">1-800-799-7233</a>, or text START to 88788.</p>'
        "<p>If somebody may look at this device, you can close this page; nothing has been sent.</p>",
    ),
)


def seed(apps, schema_editor):
    """The first list of urgent wording, and a word of address for each topic; staff edit both in the admin."""
    Urgency, Topic = apps.get_model("content", "Urgency"), apps.get_model("content", "Topic")
    for place, (name, phrases, help_text) in enumerate(URGENT, start=1):
        Urgency.objects.get_or_create(name=name, defaults={"phrases": phrases, "help": help_text, "order": place * 10})
    taken = set()
    for topic in Topic.objects.order_by("order", "name"):
        wanted = slugify(topic.name)[:70] or "topic"
        slug, number = wanted, 1
        while slug in taken:
            number += 1
            slug = f"{wanted}-{number}"
        taken.add(slug)
        Topic.objects.filter(pk=topic.pk).update(slug=slug)
    grant(apps, "content", CONTENT_EDITOR, crud("urgency"))


class Migration(migrations.Migration):
    dependencies = [("content", "0022_question_threads"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
