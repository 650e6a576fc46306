import django.db.models.functions.text
from django.db import migrations, models


def make_the_factory(apps, schema_editor):
    """The Person by whom the machine acts; nobody can sign in as it."""
    apps.get_model("partners", "Person").objects.create(
        email="factory@localhost.invalid",
        name="Social Impact Factory",
        password="!",
        is_active=False,
        is_the_factory=True,
    )


class Migration(migrations.Migration):
    """Person alone, so that the floor's tables can point at it."""

    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='phone number')),
                ('job', models.CharField(blank=True, max_length=120, verbose_name='what you do')),
                ('language', models.CharField(choices=[('nl', 'Dutch'), ('en', 'English')], default='nl', max_length=2, verbose_name='language')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('is_staff', models.BooleanField(default=False, verbose_name='coordinator')),
                ('is_superuser', models.BooleanField(default=False, verbose_name='administrator')),
                ('is_the_factory', models.BooleanField(default=False, editable=False)),
                ('address_fails_since', models.DateTimeField(blank=True, editable=False, null=True)),
                ('terms_version', models.CharField(blank=True, editable=False, max_length=20)),
                ('terms_accepted_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('joined_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='person_email_once'), models.UniqueConstraint(condition=models.Q(('is_the_factory', True)), fields=('is_the_factory',), name='person_one_factory'), models.CheckConstraint(condition=models.Q(('is_the_factory', False), models.Q(('is_active', False), ('is_staff', False), ('is_superuser', False)), _connector='OR'), name='person_factory_cannot_sign_in'), models.CheckConstraint(condition=models.Q(('is_superuser', False), ('is_staff', True), _connector='OR'), name='person_administrator_is_staff')],
            },
        ),
        migrations.RunPython(make_the_factory, migrations.RunPython.noop),
    ]
