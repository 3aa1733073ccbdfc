/** Goes to the first field of which its component says that what was typed can't be read, and has it say so; whether there is one. */
export function showUnread(within: HTMLElement | null): boolean {
    const unread = [...(within?.querySelectorAll("input") ?? [])].find((input) => input.validity.customError);
    unread?.checkValidity();
    unread?.focus();
    return unread !== undefined;
}
